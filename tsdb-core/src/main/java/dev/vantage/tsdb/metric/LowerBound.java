package dev.vantage.tsdb.metric;

/**
 * Lower bounds on the distances between one series and many, from short sketches of them: the first
 * numbers of what {@link Metric#sketch} writes. Immutable and thread-safe.
 */
public interface LowerBound {

  /** {@return the name under which a search reports what it ruled out} */
  String name();

  /** {@return what one bound costs, as a share of an exact distance} */
  double cost();

  /** {@return how many numbers of a sketch this bound looks at} */
  int sketchSize();

  /**
   * Prepares to bound distances from one series.
   *
   * @param sketch the sketch of that series; not to be changed
   * @return something with scratch memory of its own, for one thread
   */
  Evaluator evaluator(float[] sketch);

  /** Bounds distances from one series. Not thread-safe. */
  interface Evaluator {

    /** The most series that are bounded at once. */
    int LANES = 256;

    /**
     * Computes lower bounds on the squares of the true distances to several series, rounding
     * included.
     *
     * @param sketches number j of the sketch of series i is {@code sketches[j * stride + i]}
     * @param stride from one number of a sketch to the next
     * @param from the first series to bound
     * @param to the series after the last one; at most {@link #LANES} after the first
     * @param bounds where the bounds go, that of series i to {@code bounds[i]}; one that is not
     *     positive says nothing
     */
    void squaredLowerBounds(float[] sketches, int stride, int from, int to, float[] bounds);
  }
}
