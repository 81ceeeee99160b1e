package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.AccessToken;
import dev.vantage.tsdb.protocol.Role;
import java.util.Optional;

/** Determines the rights of the holder of a token. Thread-safe. */
public interface Authenticator {
  /** Allows everything, with any token or none. */
  Authenticator OPEN = token -> Optional.of(new Unlocked());

  /**
   * Checks a token. The time this takes reveals nothing about the valid tokens.
   *
   * @param token the token that a client sent, or empty if it sent none
   * @return the rights of the token, or empty if the token is wrong
   */
  Optional<Grant> admit(Optional<AccessToken> token);

  /**
   * Checks for changes and problems.
   *
   * @return the problem that keeps all clients out, or empty if valid tokens are accepted
   */
  default Optional<AccessProblem> problem() {
    return Optional.empty();
  }

  /** The grant of every client of a server without tokens. */
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
