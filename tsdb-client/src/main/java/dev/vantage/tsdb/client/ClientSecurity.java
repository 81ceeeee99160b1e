package dev.vantage.tsdb.client;

import dev.vantage.tsdb.AccessToken;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How client and server authenticate each other. Immutable. {@code toString} does not show the
 * token.
 */
public final class ClientSecurity {
  /** No token, and no TLS. */
  public static final ClientSecurity NONE = new ClientSecurity(null, false, null);

  private final @Nullable AccessToken token;
  private final boolean tls;
  private final @Nullable Path authorities;

  private ClientSecurity(@Nullable AccessToken token, boolean tls, @Nullable Path authorities) {
    this.token = token;
    this.tls = tls;
    this.authorities = authorities;
  }

  /**
   * Sends a token to the server as the first request of each connection.
   *
   * @param token the token
   * @return a copy with that token
   */
  public ClientSecurity withToken(AccessToken token) {
    Objects.requireNonNull(token, "token");
    return new ClientSecurity(token, tls, authorities);
  }

  /**
   * Uses TLS, and trusts the authorities of the JVM unless others were given.
   *
   * @return a copy with TLS
   */
  public ClientSecurity withTls() {
    return new ClientSecurity(token, true, authorities);
  }

  /**
   * Uses TLS, and trusts only these authorities.
   *
   * @param authorities a PEM file with their certificates
   * @return a copy with TLS and these authorities
   */
  public ClientSecurity withTls(Path authorities) {
    Objects.requireNonNull(authorities, "authorities");
    return new ClientSecurity(token, true, authorities);
  }

  /** {@return the token to send, or empty for a server that needs none} */
  public Optional<AccessToken> token() {
    return Optional.ofNullable(token);
  }

  /** {@return whether connections use TLS 1.3 or 1.2; false for plain TCP} */
  public boolean tls() {
    return tls;
  }

  /**
   * {@return a PEM file with the certificates of the authorities to trust, or empty for the
   * authorities that the JVM trusts}
   */
  public Optional<Path> authorities() {
    return Optional.ofNullable(authorities);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClientSecurity security
        && Objects.equals(token, security.token)
        && tls == security.tls
        && Objects.equals(authorities, security.authorities);
  }

  @Override
  public int hashCode() {
    return Objects.hash(token, tls, authorities);
  }

  @Override
  public String toString() {
    return "ClientSecurity["
        + (token == null ? "no token" : token)
        + (tls ? ", TLS" : ", no TLS")
        + (authorities == null ? "" : ", authorities=" + authorities)
        + "]";
  }
}
