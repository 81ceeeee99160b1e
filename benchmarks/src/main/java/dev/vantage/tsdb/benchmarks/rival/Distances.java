package dev.vantage.tsdb.benchmarks.rival;

import dev.vantage.tsdb.benchmarks.workload.Rows;
import dev.vantage.tsdb.benchmarks.workload.Series;
import dev.vantage.tsdb.metric.Metric;
import java.util.stream.IntStream;

/**
 * The distance code that is lent to engines which bring only an index: it counts, and it ends the
 * work of one that takes too long, for those cannot be told to stop. For one thread.
 */
final class Distances {
  private static final int DISTANCES_PER_CHECK = 256;

  private final Metric.Evaluator evaluator;
  private final Patience patience;
  private long computed;

  /**
   * Where a row is. Identity stands for the series.
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

    static Point[] all(Rows rows) {
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
    // Engines differ in what they call first; the query always is, for the sake of the last bit.
    return b.position == Point.QUERY
        ? evaluator.distance(b.block, b.offset, a.block, a.offset)
        : evaluator.distance(a.block, a.offset, b.block, b.offset);
  }

  long computed() {
    return computed;
  }
}
