package dev.vantage.tsdb.metric.kernel;

import dev.vantage.tsdb.metric.LowerBound;
import java.util.Arrays;

/**
 * A bound on the kernelised cross-correlation from the magnitudes of the spectra alone. Tight if
 * the spectra have peaks at different frequencies. Let {@code p_f = a_f(x) a_f(y)} (see {@link
 * Sketch}); then {@code E = mean c^2 = sum p_f^2 / 2} and {@code |c| <= P = sum p_f}, so that, as
 * for random variables (Bennett, "Probability inequalities for the sum of independent random
 * variables", 1962, doi:10.1080/01621459.1962.10482149),
 *
 * <pre>
 *   K / n  =  mean exp(g c)  &lt;=  1 + g^2 E phi(g P),   phi(u) = (e^u - 1 - u) / u^2
 * </pre>
 *
 * <p>Frequencies above the sketch are bounded by its tail: {@code sum p_f <= t(x) t(y)}, {@code sum
 * p_f^2 <= s(x) s(y)}. Cost: a few operations per frequency and no FFT. Immutable.
 */
final class PowerSpectrumBound implements LowerBound {
  private final int level;
  private final double cost;
  private final float multiplier;
  private final double error;

  /**
   * Creates the bound.
   *
   * @param length samples per series
   * @param multiplier the multiplier g
   * @param error the maximum error of the square of a computed distance
   * @param level the last level of the sketch
   */
  PowerSpectrumBound(int length, double multiplier, double error, int level) {
    this.level = level;
    this.error = error;
    this.multiplier = (float) multiplier;
    // The measured cost is 0.25; higher if sketches are not in a cache, because this bound reads
    // the most floats.
    cost = 0.35 * Sketch.frequencies(level) / length;
  }

  @Override
  public String name() {
    return "power_spectrum";
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
    private final float[] amplitudes = new float[LANES];
    private final float[] energies = new float[LANES];
    private final float[] exponentials = new float[LANES];

    Lanes(float[] sketch) {
      query = sketch;
    }

    @Override
    public void squaredLowerBounds(float[] sketches, int stride, int from, int to, float[] bounds) {
      int count = to - from;
      Arrays.fill(amplitudes, 0, count, 0f);
      Arrays.fill(energies, 0, count, 0f);
      for (int f = 1; f <= Sketch.frequencies(level); f++) {
        int realAt = Sketch.realAt(f);
        int imaginaryAt = Sketch.imaginaryAt(f);
        float re = query[realAt];
        float im = query[imaginaryAt];
        int xRe = realAt * stride + from;
        int xIm = imaginaryAt * stride + from;
        sum(sketches, xRe, xIm, re * re + im * im, count);
      }
      int tails = Sketch.tailAt(level) * stride + from;
      addTails(sketches, tails, Sketch.tailPowerAt(level) * stride + from, count);
      toDistances(sketches, from, count, bounds);
    }

    private void sum(float[] x, int xRe, int xIm, float queryPower, int count) {
      float[] sum = amplitudes;
      float[] squares = energies;
      for (int i = 0; i < count; i++) {
        float square = (x[xRe + i] * x[xRe + i] + x[xIm + i] * x[xIm + i]) * queryPower;
        squares[i] += square;
        sum[i] += (float) Math.sqrt(square);
      }
    }

    private void addTails(float[] sketches, int tails, int tailPowers, int count) {
      float queryTail = query[Sketch.tailAt(level)];
      float queryPower = query[Sketch.tailPowerAt(level)];
      float[] sum = amplitudes;
      float[] squares = energies;
      for (int i = 0; i < count; i++) {
        sum[i] = (sum[i] + queryTail * sketches[tails + i]) * 1.00001f;
        squares[i] = (squares[i] + queryPower * sketches[tailPowers + i]) * 0.500005f;
      }
    }

    /**
     * Computes the bounds, multiplied by exp(-g), with u = g P but at least 1/2, which is valid
     * because phi increases: {@code exp(-g) + g^2 E (exp(u - g) - (1 + u) exp(-g)) / u^2}.
     */
    private void toDistances(float[] scales, int from, int count, float[] bounds) {
      float g = multiplier;
      float none = (float) Math.exp(-g);
      float[] u = amplitudes;
      float[] exponentials = this.exponentials;
      for (int i = 0; i < count; i++) {
        u[i] = Math.max(g * u[i], 0.5f);
        exponentials[i] = u[i] - g;
      }
      LaneMath.exponential(exponentials, count);
      float scale = query[0] * (float) (1 + 1e-5 + error);
      float missing = (float) (error * 1.0001);
      float[] energy = energies;
      for (int i = 0; i < count; i++) {
        float above = exponentials[i] * 1.001f - (1 + u[i]) * none;
        float kernel = none + g * g * energy[i] * above / (u[i] * u[i]);
        bounds[from + i] = (2 - 2 * kernel * scale * scales[from + i]) * 0.9999997f - missing;
      }
    }
  }
}
