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
     * @param sketches number j of the sketch of series i is {@code sketches[j][i]}
     * @param count how many series there are, at most {@link #LANES}; the arrays hold that many
     * @param bounds where the bounds go; one that is not positive says nothing
     */
    void squaredLowerBounds(float[][] sketches, int count, float[] bounds);
  }
}
