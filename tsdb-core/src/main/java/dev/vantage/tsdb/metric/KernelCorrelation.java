package dev.vantage.tsdb.metric;

import dev.vantage.tsdb.fft.RealFft;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The distance of the kernelised cross-correlation (Wachman, Khardon, Protopapas, Alcock, "Kernels
 * for Periodic Time Series Arising in Astronomy", 2009), which ignores phase.
 *
 * <pre>
 *   c_s(x,y) = (1/n) sum_t x[t] y[(t+s) mod n]      for standardised x and y
 *   K(x,y)   = sum_s exp(g c_s)                     g is the multiplier
 *   k(x,y)   = K(x,y) / sqrt(K(x,x) K(y,y))
 *   d(x,y)   = sqrt(2 (1 - k(x,y)))                 from 0 to sqrt(2)
 * </pre>
 *
 * <p>K is a positive semi-definite kernel, so d is a metric, and a Hilbertian one. It does not
 * change when either series is shifted circularly. Computed with {@code exp(g (c_s - 1))}, which
 * cannot overflow, by one inverse real FFT and n exponentials.
 *
 * <p>A row is the spectrum of the standardised series divided by n, laid out as {@link RealFft}
 * says. Frequency 0 of a standardised series is zero, so its place holds {@code sum_s exp(g
 * (c_s(x,x) - 1))} instead.
 */
public final class KernelCorrelation implements Metric {
  /** The name stored with a database. */
  public static final String NAME = "kernelised-cross-correlation";

  /** Correlations closer than this are the same alignment, reached with different rounding. */
  private static final double SAME_CORRELATION = 1e-12;

  /** The frequencies of the first low-pass level. */
  private static final int LEAST_LEVEL = 16;

  private final double multiplier;
  private final RealFft fft;
  private final List<LowerBound> lowerBounds;

  /**
   * A metric for one length and multiplier.
   *
   * @param length samples per series, a power of two, at least 8
   * @param multiplier the multiplier g, above 0
   */
  public KernelCorrelation(int length, double multiplier) {
    this.fft = new RealFft(length);
    this.multiplier = multiplier;
    lowerBounds = lowPassLevels();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public SortedMap<String, String> parameters() {
    SortedMap<String, String> parameters = new TreeMap<>();
    parameters.put("length", Integer.toString(length()));
    parameters.put("multiplier", Double.toString(multiplier));
    return Collections.unmodifiableSortedMap(parameters);
  }

  @Override
  public boolean isMetric() {
    return true;
  }

  @Override
  public boolean isHilbertian() {
    return true;
  }

  @Override
  public int length() {
    return fft.length();
  }

  @Override
  public int rowSize() {
    return fft.length();
  }

  /**
   * {@inheritDoc}
   *
   * <p>A correlation is off by at most a few units of rounding for each stage of the transform, an
   * exponential by g times that, and k, a quotient of sums of positive terms, by as much
   * relatively. The factor 16 leaves room: the largest error seen is below a tenth of this.
   */
  @Override
  public double squaredDistanceError() {
    int stages = 32 - Integer.numberOfLeadingZeros(length());
    return 16 * Math.ulp(1.0) * stages * (1 + multiplier);
  }

  @Override
  public void prepare(double[] samples, double[] row, int offset) {
    fft.forward(Standardisation.standardise(samples), row, offset);
    for (int f = 0; f < length(); f++) {
      row[offset + f] /= length();
    }
    row[offset] = 0;
    row[offset] = new Scratch().kernel(row, offset, row, offset);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Low-pass levels of 16, 32, 64 .. frequencies, as long as one costs at most half a distance.
   */
  @Override
  public List<LowerBound> lowerBounds() {
    return lowerBounds;
  }

  private List<LowerBound> lowPassLevels() {
    List<LowerBound> levels = new ArrayList<>();
    for (int frequencies = LEAST_LEVEL; 8 * frequencies <= length(); frequencies *= 2) {
      levels.add(new LowPassBound(length(), multiplier, squaredDistanceError(), frequencies));
    }
    return List.copyOf(levels);
  }

  @Override
  public Evaluator evaluator() {
    return new Scratch();
  }

  private final class Scratch implements Evaluator {
    private final double[] work = new double[length()];

    @Override
    public double distance(double[] query, int queryOffset, double[] stored, int storedOffset) {
      double kernel = kernel(query, queryOffset, stored, storedOffset);
      // For equal rows the root is exactly the kernel, so that the distance is exactly 0.
      double similarity = kernel / Math.sqrt(query[queryOffset] * stored[storedOffset]);
      return Math.sqrt(Math.max(0, 2 * (1 - similarity)));
    }

    @Override
    public int bestLag(double[] query, int queryOffset, double[] stored, int storedOffset) {
      correlate(query, queryOffset, stored, storedOffset);
      double greatest = Double.NEGATIVE_INFINITY;
      for (double correlation : work) {
        greatest = Math.max(greatest, correlation);
      }
      int lag = work.length;
      for (int slot = 0; slot < work.length; slot++) {
        if (work[slot] >= greatest - SAME_CORRELATION) {
          lag = Math.min(lag, fft.sampleAt(slot));
        }
      }
      return lag;
    }

    /** The sum of exp(g (c_s - 1)) over all shifts s. */
    private double kernel(double[] x, int xOffset, double[] y, int yOffset) {
      correlate(x, xOffset, y, yOffset);
      double sum = 0;
      for (double correlation : work) {
        sum += Math.exp(multiplier * (correlation - 1));
      }
      return sum;
    }

    /** Leaves c_s for every shift s in the scratch memory, in the order of the transform. */
    private void correlate(double[] x, int xOffset, double[] y, int yOffset) {
      int half = work.length / 2;
      work[0] = 0;
      work[half] = x[xOffset + half] * y[yOffset + half];
      for (int f = 1; f < half; f++) {
        double xRe = x[xOffset + f];
        double xIm = x[xOffset + half + f];
        double yRe = y[yOffset + f];
        double yIm = y[yOffset + half + f];
        work[f] = xRe * yRe + xIm * yIm;
        work[half + f] = xRe * yIm - xIm * yRe;
      }
      fft.inverseUnordered(work);
    }
  }
}
