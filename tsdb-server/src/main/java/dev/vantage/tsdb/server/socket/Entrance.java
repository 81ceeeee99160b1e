package dev.vantage.tsdb.server.socket;

import dev.vantage.tsdb.server.dispatch.Doorkeeper;
import java.util.Optional;

/**
 * How clients get in. Immutable.
 *
 * @param doorkeeper says who may do what
 * @param protection puts TLS over every connection, or empty for none
 */
public record Entrance(Doorkeeper doorkeeper, Optional<Protection> protection) {
  /** Everybody gets in, and says everything in the clear. */
  public static final Entrance OPEN = new Entrance(Doorkeeper.OPEN, Optional.empty());
}
