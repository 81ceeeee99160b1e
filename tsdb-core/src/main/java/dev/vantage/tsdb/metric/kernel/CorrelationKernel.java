package dev.vantage.tsdb.metric.kernel;

/**
 * The sum of the kernelised cross-correlation of two rows. All implementations give the same bits.
 * Has scratch memory of its own; not thread-safe.
 */
interface CorrelationKernel {

  /** {@return the sum of {@code exp(g (c_s - 1))} over all shifts s of two rows} */
  double sum(double[] x, int xOffset, double[] y, int yOffset);

  /**
   * The correlation c_s of two rows at every shift s.
   *
   * @return scratch memory, overwritten by the next call, in an order that {@link #lagAt} tells
   */
  double[] correlations(double[] x, int xOffset, double[] y, int yOffset);

  /** {@return the shift of the correlation at a place} */
  int lagAt(int place);
}
