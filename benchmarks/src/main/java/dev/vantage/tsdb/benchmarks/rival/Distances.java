package dev.vantage.tsdb.benchmarks.rival;

import dev.vantage.tsdb.benchmarks.workload.SampleRows;
import dev.vantage.tsdb.benchmarks.workload.Series;
import dev.vantage.tsdb.metric.Metric;
import java.util.stream.IntStream;

/**
 * The distance function for engines that have only an index. Not thread-safe. Counts distances, and
 * ends the work of an engine whose time is over, because these engines have no way to stop.
 */
final class Distances {
  private static final int DISTANCES_PER_CHECK = 256;

  private final Metric.Evaluator evaluator;
  private final Patience patience;
  private long computed;

  /**
   * The location of a row. Each series is identified by its object.
   *
   * @param block the array that holds it
   * @param offset its first index there
   * @param position its position in the collection, or {@link #QUERY}
   */
  record Point(double[] block, int offset, int position) {
    /** The position of a series that is not in the collection. */
    static final int QUERY = -1;

    static Point of(Series query) {
      return new Point(query.row(), 0, QUERY);
    }

    static Point[] all(SampleRows rows) {
      return IntStream.range(0, rows.count())
          .mapToObj(position -> new Point(rows.block(position), rows.offset(position), position))
          .toArray(Point[]::new);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return position;
    }
  }

  Distances(Metric metric, Patience patience) {
    evaluator = metric.evaluator();
    this.patience = patience;
  }

  double between(Point a, Point b) {
    if (++computed % DISTANCES_PER_CHECK == 0) {
      patience.check();
    }
    // Engines differ in the order of arguments. The query is always passed first, so that distances
    // are equal in every bit.
    return b.position == Point.QUERY
        ? evaluator.distance(b.block, b.offset, a.block, a.offset)
        : evaluator.distance(a.block, a.offset, b.block, b.offset);
  }

  long computed() {
    return computed;
  }
}
