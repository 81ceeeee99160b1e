package dev.vantage.tsdb.metric.kernel;

import dev.vantage.tsdb.fft.RealFft;

/** The correlations of two rows at every circular shift. Not thread-safe: has scratch memory. */
public final class Correlations {
  private final CorrelationKernel kernel;

  /**
   * Chooses the quickest kernel.
   *
   * @param fft the transform of the rows
   */
  public Correlations(RealFft fft) {
    kernel = KernelChoice.current().make(fft, new KernelSum(1));
  }

  /**
   * Computes {@code (1/n) sum_t x[t] y[(t+s) mod n]} for every shift s, without the values at
   * frequency 0.
   *
   * @param x the array of the spectrum of the first series divided by n, laid out as {@link
   *     RealFft} says
   * @param xOffset its first index
   * @param y the array of that of the second series
   * @param yOffset its first index
   * @return scratch memory, overwritten by the next call, in the order that {@link #lagAt} gives
   */
  public double[] of(double[] x, int xOffset, double[] y, int yOffset) {
    return kernel.correlations(x, xOffset, y, yOffset);
  }

  /** {@return the shift of the correlation at a place, in samples} */
  public int lagAt(int place) {
    return kernel.lagAt(place);
  }
}
