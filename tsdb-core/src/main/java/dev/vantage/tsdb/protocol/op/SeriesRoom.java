package dev.vantage.tsdb.protocol.op;

import java.util.Optional;

/** Decides how many points of a series are kept, before the series is read. */
@FunctionalInterface
public interface SeriesRoom {
  /**
   * Returns the maximum number of points to keep.
   *
   * @param op the name of the operation, or empty if the series precedes it
   * @return the maximum number of points, or 0 to skip the series because the request will be
   *     refused
   */
  int points(Optional<String> op);
}
