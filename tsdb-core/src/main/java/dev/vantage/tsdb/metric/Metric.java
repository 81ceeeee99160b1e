package dev.vantage.tsdb.metric;

import java.util.List;
import java.util.OptionalDouble;
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
   * {@return a bound on the rounding error of a computed distance as a part of it, in addition to
   * {@link #squaredDistanceError}; at most 2^-26}
   */
  default double relativeDistanceError() {
    return 0;
  }

  /**
   * {@return the square of the radius of the sphere on which all series lie, where {@link
   * #geometry} is {@link Geometry#SPHERE}}
   */
  default double squaredRadius() {
    return 1;
  }

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

  /** {@return whether the distance matches samples, which {@link Evaluator#alignment} lists} */
  default boolean isElastic() {
    return false;
  }

  /**
   * Converts a distance to the shape-based distance, one minus the greatest correlation of all
   * shifts (Paparrizos, Gravano, "k-Shape: efficient and accurate clustering of time series", 2015,
   * doi:10.1145/2723372.2737793).
   *
   * @param distance a distance of this metric
   * @return the shape-based distance, or empty if a distance does not determine it
   */
  default OptionalDouble shapeDistance(double distance) {
    return OptionalDouble.empty();
  }

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
     * Computes the distance if it is within a limit, which may save time.
     *
     * @param query the array of the first row
     * @param queryOffset its first index
     * @param stored the array of the second row
     * @param storedOffset its first index
     * @param limit the limit; may be infinite
     * @return the same bits as without the limit, or any number above the limit if the distance is
     *     above it
     */
    default double distance(
        double[] query, int queryOffset, double[] stored, int storedOffset, double limit) {
      return distance(query, queryOffset, stored, storedOffset);
    }

    /**
     * Finds the samples that an elastic distance matches.
     *
     * @param query the array of the first row
     * @param queryOffset its first index
     * @param stored the array of the second row
     * @param storedOffset its first index
     * @return pairs of indices from 0, one after the other: of the first series and of the second;
     *     empty for a distance that does not match samples
     */
    default int[] alignment(double[] query, int queryOffset, double[] stored, int storedOffset) {
      return new int[0];
    }

    /**
     * Says whether the second series matches best when its time is reversed; then the first series
     * at t matches the second at {@code (lag - t) mod n}.
     *
     * @param query the array of the first row
     * @param queryOffset its first index
     * @param stored the array of the second row
     * @param storedOffset its first index
     * @return false for a distance without reversal
     */
    default boolean isReversed(double[] query, int queryOffset, double[] stored, int storedOffset) {
      return false;
    }

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
