package dev.vantage.tsdb.metric;

/**
 * The sum of the kernelised cross-correlation of two rows. All implementations give the same bits.
 * Has scratch memory of its own; not thread-safe.
 */
interface CorrelationKernel {

  /** {@return the sum of {@code exp(g (c_s - 1))} over all shifts s of two rows} */
  double sum(double[] x, int xOffset, double[] y, int yOffset);
}
