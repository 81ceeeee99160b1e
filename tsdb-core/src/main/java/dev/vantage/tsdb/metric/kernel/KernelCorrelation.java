package dev.vantage.tsdb.metric.kernel;

import dev.vantage.tsdb.fft.RealFft;
import dev.vantage.tsdb.metric.Geometry;
import dev.vantage.tsdb.metric.Invariance;
import dev.vantage.tsdb.metric.LowerBound;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.metric.Standardisation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The distance of the kernelised cross-correlation (Wachman, Khardon, Protopapas, Alcock, "Kernels
 * for Periodic Time Series Arising in Astronomy", 2009, doi:10.1007/978-3-642-04174-7_32). The
 * distance ignores phase.
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
 * cannot overflow, by one inverse real FFT and n exponentials. Uses vector instructions if the
 * Vector API is available and faster, else plain Java; both give the same bits.
 *
 * <p>A row is the spectrum of the standardised series divided by n, laid out as {@link RealFft}
 * says. Frequency 0 of a standardised series is zero, so its place holds {@code sum_s exp(g
 * (c_s(x,x) - 1))} instead.
 */
public final class KernelCorrelation implements Metric {
  static final String NAME = "kernelised-cross-correlation";
  static final String MULTIPLIER = "multiplier";

  private static final double MAX_MULTIPLIER = 300;

  /**
   * Correlations that differ by less than this count as equal, because they may differ by rounding
   * alone.
   */
  private static final double SAME_CORRELATION = 1e-12;

  private final double multiplier;
  private final RealFft fft;
  private final KernelSum kernelSum;
  private final Sketch sketch;
  private final List<LowerBound> lowerBounds;

  /**
   * Creates a metric for one length and multiplier.
   *
   * @param length samples per series, a power of two, at least 8
   * @param multiplier the multiplier g, above 0 and at most 300; a larger one takes only the best
   *     alignment into account
   * @throws IllegalArgumentException if the multiplier is out of range
   */
  public KernelCorrelation(int length, double multiplier) {
    if (!(multiplier > 0 && multiplier <= MAX_MULTIPLIER)) {
      throw new IllegalArgumentException(
          "multiplier must be > 0 and <= 300: multiplier=" + multiplier);
    }
    this.fft = new RealFft(length);
    this.multiplier = multiplier;
    kernelSum = new KernelSum(multiplier);
    sketch = new Sketch(length);
    lowerBounds = bounds();
  }

  @Override
  public MetricSpec spec() {
    return new MetricSpec(NAME, Map.of(MULTIPLIER, Double.toString(multiplier)));
  }

  @Override
  public Geometry geometry() {
    return Geometry.SPHERE;
  }

  @Override
  public Set<Invariance> invariances() {
    return Set.of(Invariance.CIRCULAR_SHIFT, Invariance.SCALE, Invariance.OFFSET);
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
   * <p>Let u = 2^-52. The error of a correlation is at most 3 u per stage of the transform. The
   * relative error of the kernel sum is at most g times that, plus the error given in {@link
   * KernelSum}. The error of the square of the distance, {@code 2 - 2 K(x,y) / sqrt(K(x,x)
   * K(y,y))}, is at most four times as much, plus a few roundings.
   */
  @Override
  public double squaredDistanceError() {
    int stages = 32 - Integer.numberOfLeadingZeros(length());
    return Math.ulp(1.0) * (multiplier * (12 * stages + 112) + 40 + length() / 64.0);
  }

  @Override
  public void prepare(double[] samples, double[] row, int offset) {
    fft.forward(Standardisation.standardise(samples), row, offset);
    for (int f = 0; f < length(); f++) {
      row[offset + f] /= length();
    }
    row[offset] = 0;
    row[offset] = kernel().sum(row, offset, row, offset);
  }

  @Override
  public int sketchSize() {
    return sketch.size();
  }

  @Override
  public void sketch(double[] row, int offset, float[] into, int intoOffset) {
    sketch.write(row, offset, into, intoOffset);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Low-pass bounds of 8, 16, 32 and 64 frequencies, if their grids are coarser than the series
   * (the grid of 64 may be as fine), and the bound from the power spectrum.
   */
  @Override
  public List<LowerBound> lowerBounds() {
    return lowerBounds;
  }

  private List<LowerBound> bounds() {
    List<LowerBound> bounds = new ArrayList<>();
    double error = squaredDistanceError();
    for (int level = 0; level < sketch.levels(); level++) {
      bounds.add(new LowPassBound(length(), multiplier, error, level));
    }
    if (sketch.levels() > 0) {
      bounds.add(new PowerSpectrumBound(length(), multiplier, error, sketch.levels() - 1));
    }
    // Fetching the floats that a bound reads may cost more than the bound.
    bounds.sort(
        Comparator.comparingInt(LowerBound::sketchSize).thenComparingDouble(LowerBound::cost));
    return List.copyOf(bounds);
  }

  @Override
  public Evaluator evaluator() {
    return new Scratch();
  }

  /** {@return a kernel of the current choice; not thread-safe} */
  private CorrelationKernel kernel() {
    return KernelChoice.current().make(fft, kernelSum);
  }

  private final class Scratch implements Evaluator {
    private final CorrelationKernel kernel = kernel();

    @Override
    public double distance(double[] query, int queryOffset, double[] stored, int storedOffset) {
      double sum = kernel.sum(query, queryOffset, stored, storedOffset);
      // For equal rows the root equals the sum exactly, so the distance is exactly 0.
      double similarity = sum / Math.sqrt(query[queryOffset] * stored[storedOffset]);
      return Math.sqrt(Math.max(0, 2 * (1 - similarity)));
    }

    @Override
    public int bestLag(double[] query, int queryOffset, double[] stored, int storedOffset) {
      double[] correlations = kernel.correlations(query, queryOffset, stored, storedOffset);
      double greatest = Double.NEGATIVE_INFINITY;
      for (double value : correlations) {
        greatest = Math.max(greatest, value);
      }
      int lag = correlations.length;
      for (int place = 0; place < correlations.length; place++) {
        if (correlations[place] >= greatest - SAME_CORRELATION) {
          lag = Math.min(lag, kernel.lagAt(place));
        }
      }
      return lag;
    }
  }
}
