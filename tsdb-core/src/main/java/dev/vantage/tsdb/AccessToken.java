package dev.vantage.tsdb;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Objects;

/**
 * The secret that authenticates a client. Immutable. It is never printed, and it is compared in
 * constant time.
 */
public final class AccessToken {
  private final String text;
  private final byte[] digest;

  private AccessToken(String text) {
    this.text = text;
    this.digest = sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Makes a token, in time linear in the length of the text.
   *
   * @param text the secret, any string
   * @return the token
   */
  public static AccessToken of(String text) {
    Objects.requireNonNull(text, "text");
    return new AccessToken(text);
  }

  /** {@return the secret, for the message that sends it} */
  public String text() {
    return text;
  }

  /**
   * Says whether another token has the same secret. Compares all bytes of both SHA-256 hashes, so
   * the time reveals nothing about the secret, not even its length.
   *
   * @param other the other token
   * @return whether the secrets are equal
   */
  public boolean matches(AccessToken other) {
    Objects.requireNonNull(other, "other");
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

  /** {@return a constant string without the secret} */
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
