package dev.vantage.tsdb.metric.kernel;

import dev.vantage.tsdb.metric.LowerBound;
import java.util.Arrays;

/**
 * Evaluates {@link LowPassBound} in plain Java for several series at once. Not thread-safe. Every
 * step is a loop over the series, which the compiler turns into vector instructions.
 */
final class ScalarLowPass implements LowerBound.Evaluator {
  private final LowPassGrid grid;
  private final LaneFft fft;
  private final float[] query;

  /** The number of series for which grids are allocated. */
  private int capacity;

  private float[][] re = {};
  private float[][] im = {};
  private final float[] productRe = new float[LANES];
  private final float[] productIm = new float[LANES];
  private final float[] amplitudes = new float[LANES];
  private final float[] bend = new float[LANES];
  private final float[][] strips;
  private final float[] power = new float[LANES];
  private final float[] exponentials = new float[LANES];
  private final float[] mean = new float[LANES];
  private final float[] square = new float[LANES];
  private final float[] withLow = new float[LANES];
  private final float[] greatest = new float[LANES];
  private final float[] residual = new float[LANES];
  private final float[] meanError = new float[LANES];
  private final float[] residualError = new float[LANES];
  private final float[] kernel = new float[LANES];
  private final float[] tail = new float[LANES];

  ScalarLowPass(LowPassGrid grid, LaneFft fft, float[] query) {
    this.grid = grid;
    this.fft = fft;
    this.query = query;
    strips = new float[grid.aliasing.length][LANES];
  }

  @Override
  public void squaredLowerBounds(float[] sketches, int stride, int from, int to, float[] bounds) {
    int count = to - from;
    if (count > capacity) {
      allocate(count);
    }
    correlate(sketches, stride, from, count);
    fft.inverse(re, im, count);
    sumExponentials(count);
    if (grid.byCoefficients) {
      sumCoefficients(count);
    } else {
      fitLow(count);
    }
    boundAliasing(count);
    takeRoot(count);
    boundByTail(sketches, Sketch.tailAt(grid.level) * stride + from, count);
    boundByResidual(sketches, Sketch.tailPowerAt(grid.level) * stride + from, count);
    toDistances(sketches, from, count, bounds);
  }

  /**
   * Allocates grids for a number of series; no more, because many searches have few series left for
   * the higher levels.
   */
  private void allocate(int count) {
    capacity = count;
    re = new float[grid.half][count];
    im = new float[grid.half][count];
  }

  /**
   * Computes the spectrum of l, as that of a complex series of half the length, and sums over its
   * amplitudes.
   */
  private void correlate(float[] sketches, int stride, int from, int count) {
    int half = grid.half;
    Arrays.fill(re[0], 0, count, 0f);
    Arrays.fill(im[0], 0, count, 0f);
    Arrays.fill(amplitudes, 0, count, 0f);
    Arrays.fill(bend, 0, count, 0f);
    Arrays.fill(power, 0, count, 0f);
    for (float[] strip : strips) {
      Arrays.fill(strip, 0, count, 0f);
    }
    for (int f = 1; f <= grid.frequencies; f++) {
      int realAt = grid.realAt[f];
      int imaginaryAt = grid.imaginaryAt[f];
      multiply(
          sketches,
          realAt * stride + from,
          imaginaryAt * stride + from,
          query[realAt] / 2,
          query[imaginaryAt] / 2,
          count);
      float[][] cosh = grid.cosh;
      sumAmplitudes(grid.curvature[f], cosh[0][f], cosh[1][f], cosh[2][f], count);
      // If f is its own mirror, the value of the mirror overwrites that of f.
      spread(re[f], im[f], re[half - f], im[half - f], grid.cos[f], grid.sin[f], count);
    }
  }

  /** Computes half the product of the conjugate query and the series: the coefficients of l. */
  private void multiply(float[] x, int re, int im, float qRe, float qIm, int count) {
    float[] outRe = productRe;
    float[] outIm = productIm;
    for (int i = 0; i < count; i++) {
      outRe[i] = qRe * x[re + i] + qIm * x[im + i];
      outIm[i] = qRe * x[im + i] - qIm * x[re + i];
    }
  }

  private void sumAmplitudes(
      float bendWeight, float strip0, float strip1, float strip2, int count) {
    float[] pRe = productRe;
    float[] pIm = productIm;
    float[] sum = amplitudes;
    float[] squares = power;
    float[] bends = bend;
    float[] first = strips[0];
    float[] second = strips[1];
    float[] third = strips[2];
    for (int i = 0; i < count; i++) {
      float quarter = pRe[i] * pRe[i] + pIm[i] * pIm[i];
      float p = 2 * (float) Math.sqrt(quarter);
      squares[i] += 2 * quarter;
      sum[i] += p;
      bends[i] += bendWeight * p;
      first[i] += strip0 * p;
      second[i] += strip1 * p;
      third[i] += strip2 * p;
    }
  }

  /**
   * Computes a frequency f and its mirror from f alone, as the mirror is 0 (see RealFft's
   * combination).
   */
  private void spread(
      float[] zRe, float[] zIm, float[] mRe, float[] mIm, float cos, float sin, int count) {
    float[] pRe = productRe;
    float[] pIm = productIm;
    for (int i = 0; i < count; i++) {
      float oddRe = pRe[i] * cos - pIm[i] * sin;
      float oddIm = pRe[i] * sin + pIm[i] * cos;
      zRe[i] = pRe[i] - oddIm;
      zIm[i] = pIm[i] + oddRe;
      mRe[i] = pRe[i] + oddIm;
      mIm[i] = oddRe - pIm[i];
    }
  }

  /**
   * Replaces l by exp(g (l - 1)). Computes the means of the exponentials, of their squares and of
   * their products with l, and the greatest exponential.
   */
  private void sumExponentials(int count) {
    Arrays.fill(mean, 0, count, 0f);
    Arrays.fill(square, 0, count, 0f);
    Arrays.fill(withLow, 0, count, 0f);
    Arrays.fill(greatest, 0, count, 0f);
    for (int place = 0; place < grid.half; place++) {
      sumExponentials(re[place], count);
      sumExponentials(im[place], count);
    }
    float each = 1f / grid.places;
    float[] means = mean;
    float[] squares = square;
    float[] products = withLow;
    for (int i = 0; i < count; i++) {
      means[i] *= each;
      squares[i] *= each;
      products[i] *= each;
    }
  }

  private void sumExponentials(float[] low, int count) {
    float[] e = exponentials;
    grid.power.exponential(low, e, count);
    float[] sum = mean;
    float[] squares = square;
    float[] products = withLow;
    float[] most = greatest;
    for (int i = 0; i < count; i++) {
      float exponential = e[i];
      sum[i] += exponential;
      squares[i] += exponential * exponential;
      products[i] += exponential * low[i];
      most[i] = Math.max(most[i], exponential);
      low[i] = exponential;
    }
  }

  /** Computes the energy of the frequencies above m. */
  private void sumCoefficients(int count) {
    fft.forward(re, im, count);
    int half = grid.half;
    float weight = 0.5f / grid.places / grid.places;
    Arrays.fill(residual, 0, count, 0f);
    for (int f = grid.frequencies + 1; f < half; f++) {
      addEnergy(re[f], im[f], re[half - f], im[half - f], grid.cos[f], grid.sin[f], weight, count);
    }
  }

  private void addEnergy(
      float[] aRe,
      float[] aIm,
      float[] bRe,
      float[] bIm,
      float cos,
      float sin,
      float weight,
      int count) {
    float[] left = residual;
    for (int i = 0; i < count; i++) {
      float oddRe = aIm[i] + bIm[i];
      float oddIm = bRe[i] - aRe[i];
      float fRe = aRe[i] + bRe[i] + oddRe * cos + oddIm * sin;
      float fIm = aIm[i] - bIm[i] + oddIm * cos - oddRe * sin;
      left[i] += weight * (fRe * fRe + fIm * fIm);
    }
  }

  /**
   * Computes R for a fit of u + v l. The bound holds for any u and v, so their rounding does not
   * matter.
   */
  private void fitLow(int count) {
    float[] left = residual;
    float[] factor = withLow;
    float[] squares = square;
    float[] means = mean;
    float[] variance = power;
    for (int i = 0; i < count; i++) {
      float v = factor[i] / (variance[i] + LowPassGrid.LEAST);
      left[i] = squares[i] - means[i] * means[i] - v * factor[i];
      factor[i] = v;
    }
  }

  /** Bounds the error of the grid in the mean and in the root of R, by the best strip. */
  private void boundAliasing(int count) {
    float g = grid.multiplier;
    Arrays.fill(meanError, 0, count, Float.MAX_VALUE);
    Arrays.fill(residualError, 0, count, Float.MAX_VALUE);
    for (int s = 0; s < grid.aliasing.length; s++) {
      float[] strip = strips[s];
      float[] exponent = exponentials;
      for (int i = 0; i < count; i++) {
        exponent[i] = g * (strip[i] - 1);
      }
      LaneMath.exponential(exponent, count);
      if (grid.byCoefficients) {
        aliasByCoefficients(exponent, grid.aliasing[s], grid.folding[s], count);
      } else {
        aliasByFit(exponent, strip, grid.aliasing[s], count);
      }
    }
  }

  private void aliasByFit(float[] most, float[] strip, float eps, int count) {
    float[] ofMean = meanError;
    float[] ofResidual = residualError;
    float[] means = mean;
    float[] factor = withLow;
    for (int i = 0; i < count; i++) {
      float w = Math.min(most[i] * 1.01f, 1e15f);
      float least = 2 * means[i] + 2 * Math.abs(factor[i]) * strip[i];
      ofMean[i] = Math.min(ofMean[i], eps * w);
      ofResidual[i] = Math.min(ofResidual[i], eps * w * (w + least));
    }
  }

  private void aliasByCoefficients(float[] most, float eps, float fold, int count) {
    float[] ofMean = meanError;
    float[] ofRoot = residualError;
    for (int i = 0; i < count; i++) {
      float w = Math.min(most[i] * 1.01f, 1e15f);
      ofMean[i] = Math.min(ofMean[i], eps * w);
      ofRoot[i] = Math.min(ofRoot[i], fold * w);
    }
  }

  /** Replaces R by an upper bound on its root. */
  private void takeRoot(int count) {
    float[] root = residual;
    float[] squares = square;
    float[] missed = residualError;
    if (grid.byCoefficients) {
      float looseness = 2 * grid.slack;
      for (int i = 0; i < count; i++) {
        float loose = looseness * (float) Math.sqrt(squares[i]);
        root[i] = (float) Math.sqrt(root[i]) + missed[i] + loose;
      }
    } else {
      // The error of a difference of large numbers is relative to the numbers, not to the
      // difference.
      float looseness = 4 * grid.slack;
      for (int i = 0; i < count; i++) {
        float left = Math.max(root[i], 0f) + looseness * squares[i] + missed[i];
        root[i] = (float) Math.sqrt(left);
      }
    }
  }

  /** Computes the first upper bound on mean exp(g (c - 1)). */
  private void boundByTail(float[] sketches, int tails, int count) {
    float weight = grid.multiplier * query[Sketch.tailAt(grid.level)] * 1.000001f;
    float[] t = tail;
    float[] exponential = exponentials;
    for (int i = 0; i < count; i++) {
      t[i] = weight * sketches[tails + i];
      exponential[i] = t[i];
    }
    LaneMath.exponential(exponential, count);
    float[] first = kernel;
    float[] means = mean;
    float[] missed = meanError;
    float[] phi = productRe;
    for (int i = 0; i < count; i++) {
      means[i] += missed[i];
      first[i] = means[i] * exponential[i] * 1.001f;
      // phi increases, so a larger argument is valid; from 1/2 on the subtraction is accurate
      // enough.
      float u = Math.max(t[i], 0.5f);
      phi[i] = (Math.max(exponential[i], 1.6488f) * 1.001f - 1 - u) / (u * u);
    }
  }

  /** Computes the second upper bound, and keeps the smaller one. */
  private void boundByResidual(float[] sketches, int tailPowers, int count) {
    float[] crest = exponentials;
    float[] phi = productRe;
    boundCrest(crest, count);
    float g = grid.multiplier;
    float queryPower = query[Sketch.tailPowerAt(grid.level)] * 0.500001f;
    float[] means = mean;
    float[] root = residual;
    float[] first = kernel;
    for (int i = 0; i < count; i++) {
      float energy = queryPower * sketches[tailPowers + i];
      float linear = g * root[i] * (float) Math.sqrt(energy);
      float quadratic = g * g * phi[i] * crest[i] * energy * 1.001f;
      first[i] = Math.min(first[i], means[i] + linear * 1.00001f + quadratic);
    }
  }

  /** Bounds exp(g (max l - 1)) by the places and by the sum of the amplitudes. */
  private void boundCrest(float[] crest, int count) {
    float g = grid.multiplier;
    float[] bySum = amplitudes;
    float[] between = bend;
    float[] most = greatest;
    for (int i = 0; i < count; i++) {
      bySum[i] = g * (bySum[i] - 1 + 1e-5f);
      crest[i] = g * (between[i] + 2e-5f);
    }
    LaneMath.exponential(bySum, count);
    LaneMath.exponential(crest, count);
    for (int i = 0; i < count; i++) {
      crest[i] = Math.min(bySum[i], most[i] * crest[i]);
    }
  }

  private void toDistances(float[] scales, int from, int count, float[] bounds) {
    float scale = query[0] * (1 + grid.slack) * (1 + 1e-6f) * (float) (1 + grid.error);
    float missing = (float) (grid.error * 1.0001);
    float[] similarity = kernel;
    for (int i = 0; i < count; i++) {
      bounds[from + i] = (2 - 2 * similarity[i] * scale * scales[from + i]) * 0.9999997f - missing;
    }
  }
}
