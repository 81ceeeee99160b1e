package dev.vantage.tsdb.metric;

import java.util.Arrays;

/**
 * A bound on the kernelised cross-correlation from the lowest m frequencies of both series and two
 * numbers for the rest.
 *
 * <p>Let the cross-correlation be {@code c = l + h}, l its part with frequencies up to m, h the
 * rest; let {@code p_f = a_f(x) a_f(y)} be its amplitudes (see {@link Sketch}), mean the mean over
 * all n shifts. With {@code |h| <= T = t(x) t(y)} and {@code mean h^2 <= E = s(x) s(y) / 2}
 * (Cauchy, Schwarz) there are two upper bounds on {@code K / n = mean exp(g c)}:
 *
 * <pre>
 *   mean exp(g l)  exp(g T)
 *   mean exp(g l)  +  g sqrt(R E)  +  g^2 phi(g T) exp(g max l) E,   phi(u) = (e^u - 1 - u) / u^2
 * </pre>
 *
 * <p>The second is from {@code exp(g h) <= 1 + g h + (g h)^2 phi(g T)}: h is orthogonal to every
 * trigonometric polynomial of degree m, so that {@code mean exp(g l) h} is at most {@code sqrt(R
 * E)}, where R is the mean square of what any such polynomial leaves of {@code exp(g l)}. It is
 * much the better where h is noise, spread over many frequencies.
 *
 * <p><b>On a grid.</b> Means are taken over {@code M = 4 m} places. A function that is analytic and
 * at most B in a strip of half-width rho has another mean there, by at most {@code eps B}, {@code
 * eps = 2 e^(-M rho) / (1 - e^(-M rho))} (Trefethen, Weideman, "The exponentially convergent
 * trapezoidal rule", 2014); |exp(g l)| is at most {@code W = exp(g sum p_f cosh(f rho))} there.
 * That gives, for the mean of {@code exp(g l)}, eps W. For R, if the polynomial is {@code u + v l},
 * it gives {@code eps W (W + 2 |u| + 2 |v| sum p_f cosh(f rho))}. If R is taken as the energy of
 * the frequencies above m, the root of it is that of the frequencies between m and M/2 on the grid,
 * and at most {@code C = 4.9 W e^(-M rho / 2) / sqrt(1 - e^(-2 rho)) / (1 - e^(-M rho))} more: the
 * coefficient at f is at most {@code W e^(-f rho)}, which bounds both what the grid folds into the
 * lower frequencies and the higher ones themselves. The best of some strips is taken. Between
 * places l rises by at most {@code (pi / M)^2 / 2 sum f^2 p_f}.
 *
 * <p><b>Floats.</b> Everything is computed of {@code exp(g (c - 1))}, which cannot overflow. l is
 * off by at most {@code (4 log2 M + 8) u}, u = 2^-24, the exponentials relatively by g times that
 * and what {@link LaneMath} says, sums of M by M u, and the root of R by as much of the root of the
 * mean square of the exponentials.
 *
 * <p>Costs an inverse FFT of length M and M exponentials, and another FFT where R is taken by
 * coefficients. Immutable and thread-safe.
 */
final class LowPassBound implements LowerBound {
  /** So many grid places for each frequency. */
  private static final int PLACES_PER_FREQUENCY = 4;

  /** m rho of the strips. */
  private static final double[] STRIPS = {4.5, 3.2, 2};

  /** A series of which nothing is known has no less than this; keeps divisions finite. */
  private static final float LEAST = 1e-30f;

  private final int level;
  private final int frequencies;
  private final int places;
  private final double cost;
  private final float multiplier;
  private final double error;
  private final boolean byCoefficients;
  private final LaneFft fft;
  private final int squarings;
  private final float[] halfCos;
  private final float[] halfSin;
  private final float[] curvature;
  private final float[][] cosh;
  private final float[] aliasing;
  private final float[] folding;
  private final float slack;

  /**
   * A bound.
   *
   * @param length samples per series
   * @param multiplier the multiplier g
   * @param error how far the square of a computed distance may be off
   * @param level the level of the sketch up to which frequencies are used
   * @param byCoefficients whether R is taken by coefficients: dearer and better, most of all for
   *     small multipliers
   */
  LowPassBound(int length, double multiplier, double error, int level, boolean byCoefficients) {
    this.level = level;
    this.error = error;
    this.byCoefficients = byCoefficients;
    this.multiplier = (float) multiplier;
    frequencies = Sketch.frequencies(level);
    places = PLACES_PER_FREQUENCY * frequencies;
    cost = (byCoefficients ? 0.75 : 0.5) * places / length;
    fft = new LaneFft(places / 2);
    // z = g (l - 1) / 2^s is from -5/16 to 0.
    int doublings = 4;
    while (2 * multiplier > 5.0 / 16 * (1 << doublings)) {
      doublings += 2;
    }
    squarings = doublings;
    halfCos = new float[places / 2];
    halfSin = new float[places / 2];
    curvature = new float[frequencies + 1];
    cosh = new float[STRIPS.length][frequencies + 1];
    aliasing = new float[STRIPS.length];
    folding = new float[STRIPS.length];
    double step = Math.PI / places;
    for (int f = 1; f < places / 2; f++) {
      halfCos[f] = (float) Math.cos(2 * step * f);
      halfSin[f] = (float) Math.sin(2 * step * f);
    }
    for (int f = 1; f <= frequencies; f++) {
      curvature[f] = (float) (step * step / 2 * f * f * 1.000001);
      for (int s = 0; s < STRIPS.length; s++) {
        cosh[s][f] = (float) (Math.cosh(STRIPS[s] * f / frequencies) * 1.000001);
      }
    }
    for (int s = 0; s < STRIPS.length; s++) {
      double decay = Math.exp(-PLACES_PER_FREQUENCY * STRIPS[s]);
      aliasing[s] = (float) (2 * decay / (1 - decay) * 1.000001);
      double rest = 1 - Math.exp(-2 * STRIPS[s] / frequencies);
      folding[s] = (float) (4.9 * Math.sqrt(decay / rest) / (1 - decay) * 1.000001);
    }
    int stages = 32 - Integer.numberOfLeadingZeros(places);
    slack =
        (float) (0x1p-24 * (5.0 * (1 << squarings) + multiplier * (4 * stages + 8) + places + 32));
  }

  @Override
  public String name() {
    return "low_pass_" + frequencies;
  }

  @Override
  public double cost() {
    return cost;
  }

  @Override
  public int sketchSize() {
    return Sketch.size(level);
  }

  @Override
  public Evaluator evaluator(float[] sketch) {
    return new Lanes(sketch);
  }

  private final class Lanes implements Evaluator {
    private final float[] query;
    private final float[][] re = new float[places / 2][LANES];
    private final float[][] im = new float[places / 2][LANES];
    private final float[] productRe = new float[LANES];
    private final float[] productIm = new float[LANES];
    private final float[] amplitudes = new float[LANES];
    private final float[] bend = new float[LANES];
    private final float[][] strips = new float[STRIPS.length][LANES];
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

    Lanes(float[] sketch) {
      query = sketch;
    }

    @Override
    public void squaredLowerBounds(float[][] sketches, int count, float[] bounds) {
      correlate(sketches, count);
      fft.inverse(re, im, count);
      sumExponentials(count);
      leaveOut(count);
      boundAliasing(count);
      boundKernel(sketches[Sketch.tailAt(level)], sketches[Sketch.tailPowerAt(level)], count);
      toDistances(sketches[0], count, bounds);
    }

    /** The spectrum of l, as a complex series of half the length; and sums over its amplitudes. */
    private void correlate(float[][] sketches, int count) {
      int half = places / 2;
      Arrays.fill(re[0], 0, count, 0f);
      Arrays.fill(im[0], 0, count, 0f);
      Arrays.fill(amplitudes, 0, count, 0f);
      Arrays.fill(bend, 0, count, 0f);
      Arrays.fill(power, 0, count, 0f);
      for (float[] strip : strips) {
        Arrays.fill(strip, 0, count, 0f);
      }
      for (int f = 1; f <= frequencies; f++) {
        int realAt = Sketch.realAt(f);
        int imaginaryAt = Sketch.imaginaryAt(f);
        multiply(sketches[realAt], sketches[imaginaryAt], query[realAt], query[imaginaryAt], count);
        sumAmplitudes(curvature[f], cosh[0][f], cosh[1][f], cosh[2][f], count);
        if (f < frequencies) {
          spread(re[f], im[f], re[half - f], im[half - f], halfCos[f], halfSin[f], count);
        } else {
          middle(re[f], im[f], count);
        }
      }
    }

    /** Half the product of conjugate query and series: the coefficients of l. */
    private void multiply(float[] xRe, float[] xIm, float qRe, float qIm, int count) {
      float halfRe = qRe / 2;
      float halfIm = qIm / 2;
      float[] outRe = productRe;
      float[] outIm = productIm;
      for (int i = 0; i < count; i++) {
        outRe[i] = halfRe * xRe[i] + halfIm * xIm[i];
        outIm[i] = halfRe * xIm[i] - halfIm * xRe[i];
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

    /** A frequency f and its mirror, of which only the first is there (RealFft's combination). */
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

    private void middle(float[] zRe, float[] zIm, int count) {
      float[] pRe = productRe;
      float[] pIm = productIm;
      for (int i = 0; i < count; i++) {
        zRe[i] = 2 * pRe[i];
        zIm[i] = -2 * pIm[i];
      }
    }

    /** Replaces l by exp(g (l - 1)); their means, with their squares and with l, and max l. */
    private void sumExponentials(int count) {
      Arrays.fill(mean, 0, count, 0f);
      Arrays.fill(square, 0, count, 0f);
      Arrays.fill(withLow, 0, count, 0f);
      Arrays.fill(greatest, 0, count, -1f);
      for (int place = 0; place < places / 2; place++) {
        sumExponentials(re[place], count);
        sumExponentials(im[place], count);
      }
      float each = 1f / places;
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
      float scale = multiplier / (1 << squarings);
      float least = LaneMath.LEAST_EXPONENT / (1 << squarings);
      LaneMath.firstPower(low, e, scale, least, count);
      for (int s = 4; s < squarings; s += 2) {
        LaneMath.fourthPower(e, count);
      }
      float[] sum = mean;
      float[] squares = square;
      float[] products = withLow;
      float[] most = greatest;
      for (int i = 0; i < count; i++) {
        float power = e[i] * e[i];
        power = power * power;
        sum[i] += power;
        squares[i] += power * power;
        products[i] += power * low[i];
        most[i] = Math.max(most[i], low[i]);
        low[i] = power;
      }
    }

    /** R on the grid: the mean square of what a polynomial leaves of exp(g (l - 1)). */
    private void leaveOut(int count) {
      if (byCoefficients) {
        sumCoefficients(count);
      } else {
        fitLow(count);
      }
    }

    /** The energy of the frequencies above m. */
    private void sumCoefficients(int count) {
      fft.forward(re, im, count);
      int half = places / 2;
      float weight = 2f / places / places;
      Arrays.fill(residual, 0, count, 0f);
      for (int f = frequencies + 1; f < half; f++) {
        addEnergy(re[f], im[f], re[half - f], im[half - f], halfCos[f], halfSin[f], weight, count);
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
        float evenRe = (aRe[i] + bRe[i]) / 2;
        float evenIm = (aIm[i] - bIm[i]) / 2;
        float oddRe = (aIm[i] + bIm[i]) / 2;
        float oddIm = (bRe[i] - aRe[i]) / 2;
        float fRe = evenRe + oddRe * cos + oddIm * sin;
        float fIm = evenIm + oddIm * cos - oddRe * sin;
        left[i] += weight * (fRe * fRe + fIm * fIm);
      }
    }

    /**
     * The least squares of u + v l. Any u and v would do, so that their rounding does not matter.
     */
    private void fitLow(int count) {
      float[] left = residual;
      float[] factor = withLow;
      float[] squares = square;
      float[] means = mean;
      float[] variance = power;
      for (int i = 0; i < count; i++) {
        float v = factor[i] / (variance[i] + LEAST);
        left[i] = squares[i] - means[i] * means[i] - v * factor[i];
        factor[i] = v;
      }
    }

    /** Bounds what the grid can miss of the mean and of the root of R, by the best strip. */
    private void boundAliasing(int count) {
      Arrays.fill(meanError, 0, count, Float.MAX_VALUE);
      Arrays.fill(residualError, 0, count, Float.MAX_VALUE);
      for (int s = 0; s < STRIPS.length; s++) {
        float[] strip = strips[s];
        float[] exponent = exponentials;
        for (int i = 0; i < count; i++) {
          exponent[i] = multiplier * (strip[i] - 1);
        }
        LaneMath.exponential(exponent, count);
        if (byCoefficients) {
          aliasByCoefficients(exponent, aliasing[s], folding[s], count);
        } else {
          aliasByFit(exponent, strip, aliasing[s], count);
        }
      }
      takeRoot(count);
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
      if (byCoefficients) {
        float looseness = 2 * slack;
        for (int i = 0; i < count; i++) {
          float loose = looseness * (float) Math.sqrt(squares[i]);
          root[i] = (float) Math.sqrt(root[i]) + missed[i] + loose;
        }
      } else {
        // A difference of large numbers: what rounding leaves of it is off by a share of those.
        float looseness = 4 * slack;
        for (int i = 0; i < count; i++) {
          float left = Math.max(root[i], 0f) + looseness * squares[i] + missed[i];
          root[i] = (float) Math.sqrt(left);
        }
      }
    }

    /** The smaller of the two upper bounds on mean exp(g (c - 1)). */
    private void boundKernel(float[] tails, float[] tailPowers, int count) {
      float g = multiplier;
      float[] exponent = exponentials;
      float[] t = tail;
      float queryTail = query[Sketch.tailAt(level)] * 1.000001f;
      for (int i = 0; i < count; i++) {
        t[i] = g * queryTail * tails[i];
        exponent[i] = t[i];
      }
      LaneMath.exponential(exponent, count);
      scaleByTail(exponent, count);
      float[] crest = exponent; // not needed as it is any more
      phi(t, exponent, count);
      float[] phi = productRe;
      for (int i = 0; i < count; i++) {
        float most = Math.min(amplitudes[i], greatest[i] + bend[i] + 1e-5f);
        crest[i] = g * (most - 1) + 1e-5f * g;
      }
      LaneMath.exponential(crest, count);
      float queryPower = query[Sketch.tailPowerAt(level)] * 0.500001f;
      for (int i = 0; i < count; i++) {
        float energy = queryPower * tailPowers[i];
        float linear = g * residual[i] * (float) Math.sqrt(energy);
        float quadratic = g * g * phi[i] * crest[i] * energy * 1.001f;
        float sum = mean[i] + meanError[i] + linear * 1.00001f + quadratic;
        kernel[i] = Math.min(kernel[i], sum);
      }
    }

    private void scaleByTail(float[] exponential, int count) {
      for (int i = 0; i < count; i++) {
        kernel[i] = (mean[i] + meanError[i]) * exponential[i] * 1.001f;
      }
    }

    /** At least phi(t), which grows with t; from 1/2 on, where subtraction leaves enough of it. */
    private void phi(float[] t, float[] exponential, int count) {
      float[] phi = productRe;
      for (int i = 0; i < count; i++) {
        float x = Math.max(t[i], 0.5f);
        float e = Math.max(exponential[i], 1.6488f);
        phi[i] = (e * 1.001f - 1 - x) / (x * x);
      }
    }

    private void toDistances(float[] scales, int count, float[] bounds) {
      float scale = query[0] * (1 + slack) * (1 + 1e-6f) * (float) (1 + error);
      float missing = (float) (error * 1.0001);
      for (int i = 0; i < count; i++) {
        bounds[i] = (2 - 2 * kernel[i] * scale * scales[i]) * 0.9999997f - missing;
      }
    }
  }
}
