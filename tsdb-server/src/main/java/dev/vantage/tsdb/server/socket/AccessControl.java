package dev.vantage.tsdb.server.socket;

import dev.vantage.tsdb.server.dispatch.AccessProblem;
import dev.vantage.tsdb.server.dispatch.Authenticator;
import java.util.Optional;

/**
 * How clients are authenticated and connections encrypted. Immutable.
 *
 * @param authenticator determines the rights of a token
 * @param protection puts every connection under TLS; empty for plain TCP
 */
public record AccessControl(Authenticator authenticator, Optional<Protection> protection) {
  /** No tokens and no TLS: every client may do everything. */
  public static final AccessControl OPEN = new AccessControl(Authenticator.OPEN, Optional.empty());

  /**
   * Checks the token file, the certificate and its key for changes.
   *
   * @return a problem of the token file, else one of the certificate or its key, else empty
   */
  public Optional<AccessProblem> problem() {
    return authenticator.problem().or(() -> protection.flatMap(Protection::problem));
  }
}
