package dev.vantage.tsdb.client;

import dev.vantage.tsdb.AccessToken;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How client and server authenticate each other. Immutable. {@code toString} does not show the
 * token.
 *
 * @param token the token to send, or empty for a server that needs none
 * @param tls whether connections use TLS 1.3 or 1.2; false for plain TCP
 * @param authorities a PEM file with the certificates of the authorities to trust, or empty for the
 *     authorities that the JVM trusts
 */
public record ClientSecurity(Optional<AccessToken> token, boolean tls, Optional<Path> authorities) {
  /** No token, and no TLS. */
  public static final ClientSecurity NONE =
      new ClientSecurity(Optional.empty(), false, Optional.empty());

  /**
   * Sends a token to the server as the first request of each connection.
   *
   * @param newToken the token
   * @return a copy with that token
   */
  public ClientSecurity withToken(AccessToken newToken) {
    return new ClientSecurity(Optional.of(newToken), tls, authorities);
  }

  /**
   * Uses TLS, and trusts the authorities of the JVM.
   *
   * @return a copy with TLS
   */
  public ClientSecurity withTls() {
    return new ClientSecurity(token, true, authorities);
  }

  /**
   * Uses TLS, and trusts only these authorities.
   *
   * @param newAuthorities a PEM file with their certificates
   * @return a copy with TLS and these authorities
   */
  public ClientSecurity withTls(Path newAuthorities) {
    return new ClientSecurity(token, true, Optional.of(newAuthorities));
  }
}
