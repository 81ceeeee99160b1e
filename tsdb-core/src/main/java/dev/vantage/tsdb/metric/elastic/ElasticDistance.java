package dev.vantage.tsdb.metric.elastic;

/**
 * A distance by the cheapest steps through a table, whose cell (i, j) stands for the samples up to
 * i of one series and up to j of another; -1 stands for no sample. Has scratch memory of its own;
 * not thread-safe.
 */
public interface ElasticDistance {
  /** The cost of a step that is not allowed, and a distance above every limit. */
  double NONE = Double.POSITIVE_INFINITY;

  /** A lower bound of up to 65,536 terms keeps this part of itself, to cover its rounding. */
  double KEPT = 1 - 1e-10;

  /** {@return how far a sample lies outside a range} */
  static double gap(double sample, double least, double greatest) {
    return Math.max(0, Math.max(least - sample, sample - greatest));
  }

  /**
   * Computes the distance if it is within a limit.
   *
   * @param x the array of the first series
   * @param xOffset the index of its first sample; the two numbers before are its least and its
   *     greatest sample
   * @param y the array of the second series
   * @param yOffset the index of its first sample, likewise
   * @param limit the limit; may be infinite
   * @return the distance, or any greater number than the limit if the distance is above the limit
   */
  double distance(double[] x, int xOffset, double[] y, int yOffset, double limit);

  /**
   * Prices the steps between two series.
   *
   * @param x the array of the first series
   * @param xOffset the index of its first sample
   * @param y the array of the second series
   * @param yOffset the index of its first sample
   * @return the costs
   */
  StepCosts costs(double[] x, int xOffset, double[] y, int yOffset);

  /** The costs of the steps into a cell; infinite for a step that is not allowed. */
  interface StepCosts {

    /** {@return the cost of the step from (i - 1, j - 1) to (i, j)} */
    double match(int i, int j);

    /** {@return the cost of the step from (i - 1, j) to (i, j)} */
    double down(int i, int j);

    /** {@return the cost of the step from (i, j - 1) to (i, j)} */
    double right(int i, int j);
  }
}
