package dev.vantage.tsdb.metric.kernel;

/**
 * Computes the sum of the kernelised cross-correlation of two rows. Not thread-safe: it has scratch
 * memory of its own. All implementations give the same bits.
 */
interface CorrelationKernel {

  /** {@return the sum of {@code exp(g (c_s - 1))} over all shifts s of two rows} */
  double sum(double[] x, int xOffset, double[] y, int yOffset);

  /**
   * Computes the correlation c_s of two rows at every shift s, in samples.
   *
   * @return scratch memory, overwritten by the next call, in the order that {@link #lagAt} gives
   */
  double[] correlations(double[] x, int xOffset, double[] y, int yOffset);

  /** {@return the shift of the correlation at a place, in samples} */
  int lagAt(int place);
}
