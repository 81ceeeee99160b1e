package dev.vantage.tsdb.metric.kernel;

import dev.vantage.tsdb.fft.RealFft;

/** The kernel in plain Java. */
final class ScalarKernel implements CorrelationKernel {
  private final RealFft fft;
  private final KernelSum kernelSum;
  private final double[] work;

  ScalarKernel(RealFft fft, KernelSum kernelSum) {
    this.fft = fft;
    this.kernelSum = kernelSum;
    work = new double[fft.length()];
  }

  @Override
  public double sum(double[] x, int xOffset, double[] y, int yOffset) {
    correlations(x, xOffset, y, yOffset);
    return kernelSum.over(work);
  }

  /** Returns correlations in the order of {@link RealFft#inverseUnordered}. */
  @Override
  public double[] correlations(double[] x, int xOffset, double[] y, int yOffset) {
    int half = work.length / 2;
    work[0] = 0;
    work[half] = x[xOffset + half] * y[yOffset + half];
    for (int f = 1; f < half; f++) {
      double xRe = x[xOffset + f];
      double xIm = x[xOffset + half + f];
      double yRe = y[yOffset + f];
      double yIm = y[yOffset + half + f];
      work[f] = Math.fma(xIm, yIm, xRe * yRe);
      work[half + f] = xRe * yIm - xIm * yRe;
    }
    fft.inverseUnordered(work);
    return work;
  }

  @Override
  public int lagAt(int place) {
    return fft.sampleAt(place);
  }
}
