package dev.vantage.tsdb.client;

import dev.vantage.tsdb.AccessToken;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a client proves who it is, and has the server prove the same. Immutable; prints nothing of
 * the token.
 *
 * @param token what the server asks for, or empty for a server that asks for nothing
 * @param tls whether every connection is under TLS 1.3 or 1.2; without it, none is
 * @param authorities a file of PEM with the certificates whose word is taken for who the server is,
 *     or empty for those that the JVM trusts
 */
public record ClientSecurity(Optional<AccessToken> token, boolean tls, Optional<Path> authorities) {
  /** No token, and no TLS. */
  public static final ClientSecurity NONE =
      new ClientSecurity(Optional.empty(), false, Optional.empty());

  /**
   * Shows a token to the server, first thing on each connection.
   *
   * @param newToken the token
   * @return a copy with that token
   */
  public ClientSecurity withToken(AccessToken newToken) {
    return new ClientSecurity(Optional.of(newToken), tls, authorities);
  }

  /**
   * Speaks TLS, with servers that an authority of the JVM vouches for.
   *
   * @return a copy with TLS
   */
  public ClientSecurity withTls() {
    return new ClientSecurity(token, true, authorities);
  }

  /**
   * Speaks TLS, with servers that one of these authorities vouches for.
   *
   * @param newAuthorities a file of PEM with their certificates
   * @return a copy with TLS and these authorities
   */
  public ClientSecurity withTls(Path newAuthorities) {
    return new ClientSecurity(token, true, Optional.of(newAuthorities));
  }
}
