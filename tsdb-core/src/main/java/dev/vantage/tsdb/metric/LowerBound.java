package dev.vantage.tsdb.metric;

/**
 * A lower bound on the distance between two rows that costs less than the distance. Immutable and
 * thread-safe.
 */
public interface LowerBound {

  /** {@return what one bound costs, as a share of an exact distance} */
  double cost();

  /**
   * {@return something that bounds distances; it has scratch memory of its own and is for one
   * thread}
   */
  Evaluator evaluator();

  /** Bounds distances. Not thread-safe. */
  interface Evaluator {

    /**
     * A lower bound on the square of the true distance between two series, rounding included.
     *
     * @param query the array of the first row
     * @param queryOffset its first index
     * @param stored the array of the second row
     * @param storedOffset its first index
     * @return the bound; it may be negative, and then says nothing
     */
    double squaredLowerBound(double[] query, int queryOffset, double[] stored, int storedOffset);
  }
}
