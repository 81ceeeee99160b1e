package dev.vantage.tsdb;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The secret that lets a client in. Immutable. It never prints itself, and how long a comparison
 * takes says nothing about it.
 */
public final class AccessToken {
  private final String text;
  private final byte[] digest;

  private AccessToken(String text) {
    this.text = text;
    this.digest = sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Makes one. Costs the length of the text.
   *
   * @param text the secret, any text
   * @return the token
   */
  public static AccessToken of(String text) {
    return new AccessToken(text);
  }

  /** {@return the secret, for the one message that sends it} */
  public String text() {
    return text;
  }

  /**
   * Says whether another token is the same. What is compared is their SHA-256, to the last byte in
   * any case: nothing about the secret can be learned from the time, not even its length.
   *
   * @param other the other token
   * @return whether the secrets are equal
   */
  public boolean matches(AccessToken other) {
    return MessageDigest.isEqual(digest, other.digest);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AccessToken token && matches(token);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest);
  }

  /** {@return nothing of the secret} */
  @Override
  public String toString() {
    return "token";
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM has SHA-256", e);
    }
  }
}
