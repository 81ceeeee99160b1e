package dev.vantage.tsdb.metric;

import java.util.List;
import java.util.Set;

/**
 * A distance between series of one length. A metric turns the samples of a series into a row of
 * doubles once, and then compares rows. Implementations are immutable.
 *
 * <p>The name and the parameters are stored with a database: an index built with one metric is
 * useless with another.
 */
public interface Metric {

  /** {@return the name and every parameter, each in one notation; stored with a database} */
  MetricSpec spec();

  /** {@return which laws the distances obey} */
  Geometry geometry();

  /** {@return the transformations that change no distance; empty if none is promised} */
  default Set<Invariance> invariances() {
    return Set.of();
  }

  /** {@return samples per series} */
  int length();

  /** {@return doubles per row} */
  int rowSize();

  /**
   * {@return a bound on the rounding error of the square of a computed distance; a search adds it
   * to every comparison, so that rounding loses no neighbor}
   */
  double squaredDistanceError();

  /**
   * Turns samples into a row. Equal samples give bitwise equal rows. The first number of a row is
   * never 0; a metric whose rows could begin with 0 puts another number in front.
   *
   * @param samples {@link #length()} finite values, not all the same
   * @param row receives the row
   * @param offset its first index there
   * @throws dev.vantage.tsdb.series.InvalidSeriesException if the samples are all the same
   */
  void prepare(double[] samples, double[] row, int offset);

  /** {@return an evaluator with scratch memory of its own; not thread-safe} */
  Evaluator evaluator();

  /** {@return how many floats {@link #sketch} writes; 0 where this metric has no lower bounds} */
  default int sketchSize() {
    return 0;
  }

  /**
   * Writes the sketch of a series, from which the lower bounds are computed.
   *
   * @param row the array of the prepared series
   * @param offset its first index
   * @param sketch receives the sketch, {@link #sketchSize()} floats
   * @param sketchOffset its first index there
   */
  default void sketch(double[] row, int offset, float[] sketch, int sketchOffset) {}

  /**
   * {@return lower bounds on this distance that cost less than the distance, ordered by {@link
   * LowerBound#sketchSize}, then by {@link LowerBound#cost}}
   */
  default List<LowerBound> lowerBounds() {
    return List.of();
  }

  /** Compares rows of one metric. Not thread-safe. */
  interface Evaluator {

    /**
     * Computes the distance between two series. The same two rows give the same bits every time.
     *
     * @param query the array of the first row
     * @param queryOffset its first index
     * @param stored the array of the second row
     * @param storedOffset its first index
     * @return the distance, 0 for equal rows and at most 1e18
     */
    double distance(double[] query, int queryOffset, double[] stored, int storedOffset);

    /**
     * Finds the circular shift that aligns two series best, in samples; 0 for a distance without
     * shifts.
     *
     * @param query the array of the first row
     * @param queryOffset its first index
     * @param stored the array of the second row
     * @param storedOffset its first index
     * @return the smallest shift s for which the first series at t matches the second at t + s best
     */
    default int bestLag(double[] query, int queryOffset, double[] stored, int storedOffset) {
      return 0;
    }
  }
}
