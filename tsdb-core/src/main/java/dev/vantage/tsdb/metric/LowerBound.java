package dev.vantage.tsdb.metric;

/**
 * Lower bounds on the distances between one series and many, computed from the first floats of
 * their sketches ({@link Metric#sketch}). Immutable.
 */
public interface LowerBound {

  /** {@return the name under which a search reports how many series this bound ruled out} */
  String name();

  /** {@return the cost of one bound, as a fraction of the cost of an exact distance} */
  double cost();

  /** {@return how many floats of a sketch this bound reads, from its first} */
  int sketchSize();

  /**
   * Prepares to bound distances from one series.
   *
   * @param sketch the sketch of that series; must not be changed
   * @return an evaluator with scratch memory of its own; not thread-safe
   */
  Evaluator evaluator(float[] sketch);

  /** Bounds distances from one series. Not thread-safe. */
  interface Evaluator {

    /** The maximum number of series per call. */
    int LANES = 256;

    /**
     * Computes lower bounds on the squares of the true distances to several series, rounding
     * included.
     *
     * @param sketches float j of the sketch of series i is {@code sketches[j * stride + i]}
     * @param stride the distance in the array from one float of a sketch to the next
     * @param from the first series to bound
     * @param to the series after the last one; at most {@link #LANES} after the first
     * @param bounds receives the bounds: that of series i at {@code bounds[i]}; a bound that is not
     *     positive rules nothing out
     */
    void squaredLowerBounds(float[] sketches, int stride, int from, int to, float[] bounds);
  }
}
