package dev.vantage.tsdb.metric.kernel;

import dev.vantage.tsdb.fft.RealFft;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShuffle;

/** Does the same as {@link ScalarKernel}, for several elements at a time. Not thread-safe. */
final class VectorKernel implements CorrelationKernel {
  private static final int LANES = VectorTransform.LANES;
  private static final VectorShuffle<Double> REVERSED =
      VectorShuffle.iota(VectorTransform.SPECIES, LANES - 1, -1, false);

  private final RealFft fft;
  private final int half;
  private final double[] rootCos;
  private final double[] rootSin;
  private final double[] work;
  private final VectorTransform transform;
  private final VectorKernelSum exponentials;

  /** Creates a kernel for a length of 128 samples or more. */
  VectorKernel(RealFft fft, KernelSum kernelSum) {
    this.fft = fft;
    half = fft.length() / 2;
    rootCos = fft.rootCos();
    rootSin = fft.rootSin();
    work = new double[fft.length()];
    transform = new VectorTransform(fft, work);
    exponentials = new VectorKernelSum(kernelSum, work);
  }

  @Override
  public double sum(double[] x, int xOffset, double[] y, int yOffset) {
    correlations(x, xOffset, y, yOffset);
    return exponentials.sum();
  }

  /** Returns correlations in the order in which {@link VectorTransform} leaves them. */
  @Override
  public double[] correlations(double[] x, int xOffset, double[] y, int yOffset) {
    multiply(x, xOffset, y, yOffset);
    transform.run();
    return work;
  }

  @Override
  public int lagAt(int place) {
    return fft.sampleAt(VectorTransform.unorderedPlace(place));
  }

  /**
   * Computes the product of the spectra, and converts each pair of mirrored frequencies of the real
   * series to frequencies of the complex series: the first step of {@link
   * RealFft#inverseUnordered}.
   */
  private void multiply(double[] x, int xOffset, double[] y, int yOffset) {
    double[] work = this.work;
    int half = this.half;
    double last = x[xOffset + half] * y[yOffset + half];
    work[0] = 0 + last;
    work[half] = 0 - last;
    for (int k = 1; k <= half / 2; k += LANES) {
      DoubleVector xRe = load(x, xOffset + k);
      DoubleVector xIm = load(x, xOffset + half + k);
      DoubleVector yRe = load(y, yOffset + k);
      DoubleVector yIm = load(y, yOffset + half + k);
      DoubleVector re = xIm.fma(yIm, xRe.mul(yRe));
      DoubleVector im = xRe.mul(yIm).sub(xIm.mul(yRe));
      int mirror = half - k - LANES + 1;
      xRe = load(x, xOffset + mirror);
      xIm = load(x, xOffset + half + mirror);
      yRe = load(y, yOffset + mirror);
      yIm = load(y, yOffset + half + mirror);
      DoubleVector mirrorRe = xIm.fma(yIm, xRe.mul(yRe)).rearrange(REVERSED);
      DoubleVector mirrorIm = xRe.mul(yIm).sub(xIm.mul(yRe)).rearrange(REVERSED);
      DoubleVector evenRe = re.add(mirrorRe);
      DoubleVector evenIm = im.sub(mirrorIm);
      DoubleVector differenceRe = re.sub(mirrorRe);
      DoubleVector differenceIm = im.add(mirrorIm);
      DoubleVector cos = load(rootCos, k);
      DoubleVector sin = load(rootSin, k);
      DoubleVector oddRe = differenceIm.fma(sin.neg(), differenceRe.mul(cos));
      DoubleVector oddIm = differenceIm.fma(cos, differenceRe.mul(sin));
      evenRe.sub(oddIm).intoArray(work, k);
      evenIm.add(oddRe).intoArray(work, half + k);
      evenRe.add(oddIm).rearrange(REVERSED).intoArray(work, mirror);
      oddRe.sub(evenIm).rearrange(REVERSED).intoArray(work, half + mirror);
    }
  }

  private static DoubleVector load(double[] array, int at) {
    return DoubleVector.fromArray(VectorTransform.SPECIES, array, at);
  }
}
