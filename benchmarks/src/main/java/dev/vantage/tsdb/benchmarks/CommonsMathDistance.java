package dev.vantage.tsdb.benchmarks;

import org.apache.commons.math3.complex.Complex;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;

/**
 * The kernelised cross-correlation, computed directly with the Fourier transform of Commons Math.
 */
final class CommonsMathDistance {
  private final FastFourierTransformer transformer =
      new FastFourierTransformer(DftNormalization.STANDARD);
  private final double multiplier;
  private final Complex[][] spectra;
  private final double[] selfKernels;

  CommonsMathDistance(double[][] series, double multiplier) {
    this.multiplier = multiplier;
    spectra = new Complex[series.length][];
    selfKernels = new double[series.length];
    for (int row = 0; row < series.length; row++) {
      spectra[row] = transformer.transform(StatUtils.normalize(series[row]), TransformType.FORWARD);
    }
    for (int row = 0; row < series.length; row++) {
      selfKernels[row] = kernel(spectra[row], spectra[row]);
    }
  }

  /** Returns the distance from the first series to another. */
  double fromFirst(int row) {
    double similarity =
        kernel(spectra[0], spectra[row]) / Math.sqrt(selfKernels[0] * selfKernels[row]);
    return Math.sqrt(Math.max(0, 2 * (1 - similarity)));
  }

  private double kernel(Complex[] x, Complex[] y) {
    Complex[] product = new Complex[x.length];
    for (int f = 0; f < x.length; f++) {
      product[f] = x[f].conjugate().multiply(y[f]);
    }
    double sum = 0;
    for (Complex value : transformer.transform(product, TransformType.INVERSE)) {
      sum += Math.exp(multiplier * (value.getReal() / x.length - 1));
    }
    return sum;
  }
}
