package dev.vantage.tsdb.server.socket;

import dev.vantage.tsdb.server.dispatch.AccessProblem;
import dev.vantage.tsdb.server.dispatch.Authenticator;
import java.util.Optional;

/**
 * How clients get in. Immutable.
 *
 * @param doorkeeper says who may do what
 * @param protection puts TLS over every connection, or empty for none
 */
public record AccessControl(Authenticator doorkeeper, Optional<Protection> protection) {
  /** Everybody gets in, and says everything in the clear. */
  public static final AccessControl OPEN = new AccessControl(Authenticator.OPEN, Optional.empty());

  /**
   * Looks for changes in what decides who gets in.
   *
   * @return what is wrong with it, first what keeps everybody out; or empty
   */
  public Optional<AccessProblem> problem() {
    return doorkeeper.problem().or(() -> protection.flatMap(Protection::problem));
  }
}
