package dev.vantage.tsdb.benchmarks.rival;

import dev.vantage.tsdb.benchmarks.workload.Series;
import java.util.OptionalLong;

/**
 * An engine that holds a collection and answers exact queries. Not thread-safe, unless the class
 * says so.
 */
public interface Rival extends AutoCloseable {

  /**
   * Finds the nearest series.
   *
   * @param query a series that is not in the collection
   * @param k the number of neighbors
   * @return the neighbors
   */
  RivalAnswer nearest(Series query, int k);

  /** {@return the number of distances that all queries so far have computed, without building} */
  long exactDistances();

  /** {@return the memory in bytes besides the prepared rows; empty if unknown} */
  default OptionalLong bytes() {
    return OptionalLong.empty();
  }

  /** {@return the plan of the last query; empty if the engine has no plans} */
  default String plan() {
    return "";
  }

  @Override
  default void close() {}
}
