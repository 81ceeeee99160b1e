package dev.vantage.tsdb.protocol.op;

import java.util.Optional;

/** Decides how much of a series is kept, before it is read. */
@FunctionalInterface
public interface SeriesRoom {
  /**
   * Decides.
   *
   * @param op the name of the operation, empty if the series comes before it
   * @return the most points, or 0 to pass over the series because the request is to be refused
   */
  int points(Optional<String> op);
}
