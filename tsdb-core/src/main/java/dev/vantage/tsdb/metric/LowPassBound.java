package dev.vantage.tsdb.metric;

import dev.vantage.tsdb.fft.RealFft;
import java.util.Arrays;

/**
 * A bound on the kernelised cross-correlation from the lowest frequencies of both series alone.
 *
 * <p>Let {@code a_f = sqrt(2) |X_f| / n}, so that the squares of all {@code a_f} of a series sum to
 * 1. The part {@code c_low} of the cross-correlation with frequencies up to m is evaluated on a
 * grid of M places, and the rest is at most the product of the tails {@code t = sqrt(sum_{f>m}
 * a_f^2)}:
 *
 * <pre>
 *   A   = mean_j exp(g c_low(j)),   j = 0 .. M - 1
 *   eps = 2 e^(-M rho) / (1 - e^(-M rho)) exp(g b(x) b(y)),   b^2 = sum_{f&lt;=m} a_f^2 cosh(f rho)
 *   K  &lt;=  n (A + eps) exp(g t(x) t(y))
 * </pre>
 *
 * <p>eps bounds what the coarse grid misses of the mean over all shifts: exp(g c_low) is analytic
 * in a strip of half-width rho around the real line (the error of the trapezoidal rule for periodic
 * analytic functions; Trefethen, Weideman, 2014). An upper bound on K is a lower bound on the
 * distance. Costs an inverse FFT of length M and M exponentials. Immutable and thread-safe.
 */
final class LowPassBound implements LowerBound {
  /** So many grid places for each frequency. */
  private static final int PLACES_PER_FREQUENCY = 4;

  /** m rho, the same at every level. */
  private static final double STRIP = 3.2;

  /** More than what rounding can take from a sum of squares that is 1. */
  private static final double TAIL_SLACK = 1e-14;

  private final int length;
  private final double multiplier;
  private final double error;
  private final int frequencies;
  private final int places;
  private final RealFft fft;
  private final double[] cosh;
  private final double aliasing;

  /**
   * A bound from some frequencies.
   *
   * @param length samples per series
   * @param multiplier the multiplier g
   * @param error how far the square of a computed distance may be off
   * @param frequencies the frequencies used, m, a power of two, at least 2
   */
  LowPassBound(int length, double multiplier, double error, int frequencies) {
    this.length = length;
    this.multiplier = multiplier;
    this.error = error;
    this.frequencies = frequencies;
    places = PLACES_PER_FREQUENCY * frequencies;
    fft = new RealFft(places);
    double strip = STRIP / frequencies;
    cosh = new double[frequencies + 1];
    for (int f = 1; f <= frequencies; f++) {
      cosh[f] = Math.cosh(f * strip);
    }
    double decay = Math.exp(-places * strip);
    aliasing = 2 * decay / (1 - decay);
  }

  @Override
  public double cost() {
    return (double) places / length;
  }

  @Override
  public Evaluator evaluator() {
    return new Scratch();
  }

  private final class Scratch implements Evaluator {
    private final double[] work = new double[places];

    @Override
    public double squaredLowerBound(double[] x, int xOffset, double[] y, int yOffset) {
      double tails = Math.sqrt(squaredTail(x, xOffset) * squaredTail(y, yOffset));
      double strips = Math.sqrt(squaredStrip(x, xOffset) * squaredStrip(y, yOffset));
      // As in the distance, every exponential is taken of g less, so that none overflows early.
      double grid = gridMean(x, xOffset, y, yOffset);
      double missed = aliasing * Math.exp(multiplier * (strips - 1));
      double kernel = length * (grid + missed) * Math.exp(multiplier * tails);
      double similarity = kernel / Math.sqrt(x[xOffset] * y[yOffset]);
      return 2 * (1 - similarity * (1 + error)) - error;
    }

    private double gridMean(double[] x, int xOffset, double[] y, int yOffset) {
      int half = places / 2;
      int xImaginary = xOffset + length / 2;
      int yImaginary = yOffset + length / 2;
      Arrays.fill(work, 0);
      for (int f = 1; f <= frequencies; f++) {
        double xRe = x[xOffset + f];
        double xIm = x[xImaginary + f];
        double yRe = y[yOffset + f];
        double yIm = y[yImaginary + f];
        work[f] = xRe * yRe + xIm * yIm;
        work[half + f] = xRe * yIm - xIm * yRe;
      }
      fft.inverseUnordered(work);
      double sum = 0;
      for (double correlation : work) {
        sum += Math.exp(multiplier * (correlation - 1));
      }
      return sum / places;
    }

    /** At least the sum of a_f^2 over the frequencies above the level. */
    private double squaredTail(double[] row, int offset) {
      double low = 0;
      int imaginary = offset + length / 2;
      for (int f = 1; f <= frequencies; f++) {
        low += row[offset + f] * row[offset + f] + row[imaginary + f] * row[imaginary + f];
      }
      return Math.max(0, 1 - 2 * low) + TAIL_SLACK;
    }

    /** The sum of a_f^2 cosh(f rho) over the frequencies of the level. */
    private double squaredStrip(double[] row, int offset) {
      double sum = 0;
      int imaginary = offset + length / 2;
      for (int f = 1; f <= frequencies; f++) {
        sum +=
            cosh[f] * (row[offset + f] * row[offset + f] + row[imaginary + f] * row[imaginary + f]);
      }
      return 2 * sum;
    }
  }
}
