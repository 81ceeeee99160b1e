package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.AccessToken;
import dev.vantage.tsdb.protocol.Role;
import java.util.Optional;

/** Says who may do what. Thread-safe. */
public interface Authenticator {
  /** Lets everybody do everything, with any token or none. */
  Authenticator OPEN = token -> Optional.of(new Unlocked());

  /**
   * Looks at a token. How long that takes says nothing about the tokens that would be right.
   *
   * @param token what a client shows; empty if it shows none
   * @return what it allows, or empty if it is wrong
   */
  Optional<Grant> admit(Optional<AccessToken> token);

  /**
   * Looks for changes, and says what keeps everybody out.
   *
   * @return the problem, or empty if right tokens are taken
   */
  default Optional<AccessProblem> problem() {
    return Optional.empty();
  }

  /** What everybody has where no token is asked for. */
  record Unlocked() implements Grant {
    @Override
    public Role role() {
      return Role.WRITE;
    }

    @Override
    public String name() {
      return "none";
    }

    @Override
    public boolean holds() {
      return true;
    }
  }
}
