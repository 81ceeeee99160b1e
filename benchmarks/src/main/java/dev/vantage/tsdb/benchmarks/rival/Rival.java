package dev.vantage.tsdb.benchmarks.rival;

import dev.vantage.tsdb.benchmarks.workload.Series;
import java.util.OptionalLong;

/** An engine that holds a collection and answers exact queries. Not thread-safe unless it says. */
public interface Rival extends AutoCloseable {

  /**
   * Finds the nearest series.
   *
   * @param query a series that is not in the collection
   * @param k how many to find
   * @return the neighbors
   */
  RivalAnswer nearest(Series query, int k);

  /** {@return how many distances all queries so far have computed, the building not included} */
  long exactDistances();

  /** {@return bytes beyond the prepared rows, where the engine knows them} */
  default OptionalLong bytes() {
    return OptionalLong.empty();
  }

  /** {@return how the last query was answered, or nothing to say} */
  default String plan() {
    return "";
  }

  @Override
  default void close() {}
}
