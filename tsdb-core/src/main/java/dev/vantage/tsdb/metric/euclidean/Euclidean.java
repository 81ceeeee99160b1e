package dev.vantage.tsdb.metric.euclidean;

import dev.vantage.tsdb.fft.RealFft;
import dev.vantage.tsdb.metric.Geometry;
import dev.vantage.tsdb.metric.Invariance;
import dev.vantage.tsdb.metric.LowerBound;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.metric.sample.SampleScaling;
import dev.vantage.tsdb.metric.sample.SpectrumSketch;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The Euclidean distance, {@code sqrt(sum over t of (x_t - y_t)^2)}. Immutable.
 *
 * <p>A row is a 1, which is not 0 as the first number of a row must be, and the samples. The lower
 * bounds are distances of the lowest frequencies and of the norms of the rest (Agrawal, Faloutsos,
 * Swami, "Efficient similarity search in sequence databases", 1993, doi:10.1007/3-540-57301-1_5).
 */
final class Euclidean implements Metric {
  static final String NAME = "euclidean";

  /** How many samples are summed between two comparisons with the limit. */
  private static final int CHUNK = 64;

  private final int length;
  private final SampleScaling scaling;
  private final RealFft fft;
  private final SpectrumSketch sketch;

  /**
   * Creates the metric.
   *
   * @param length samples per series, a power of two, at least 8
   * @param scaling how samples are scaled
   */
  Euclidean(int length, SampleScaling scaling) {
    this.length = length;
    this.scaling = scaling;
    fft = new RealFft(length);
    sketch = SpectrumSketch.ofSamples(length);
  }

  @Override
  public MetricSpec spec() {
    return new MetricSpec(NAME, Map.of(SampleScaling.PARAMETER, scaling.label()));
  }

  @Override
  public Geometry geometry() {
    return scaling == SampleScaling.Z ? Geometry.SPHERE : Geometry.HILBERT_SPACE;
  }

  /** {@inheritDoc} The sum of the squares of standardised samples is their number. */
  @Override
  public double squaredRadius() {
    return length;
  }

  @Override
  public Set<Invariance> invariances() {
    return scaling.invariances();
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public int rowSize() {
    return 1 + length;
  }

  @Override
  public double squaredDistanceError() {
    return 0;
  }

  /** {@inheritDoc} No number in the sum is negative, so that relative errors do not grow. */
  @Override
  public double relativeDistanceError() {
    return 4.0 * (length + 2) * Math.ulp(1.0);
  }

  @Override
  public void prepare(double[] samples, double[] row, int offset) {
    row[offset] = 1;
    System.arraycopy(scaling.scale(samples), 0, row, offset + 1, length);
  }

  @Override
  public int sketchSize() {
    return sketch.size();
  }

  @Override
  public void sketch(double[] row, int offset, float[] into, int intoOffset) {
    double[] samples = new double[length];
    System.arraycopy(row, offset + 1, samples, 0, length);
    double[] spectrum = new double[length];
    fft.forward(samples, spectrum, 0);
    sketch.write(spectrum, 0, spectrum[0], into, intoOffset);
  }

  @Override
  public List<LowerBound> lowerBounds() {
    return sketch.bounds();
  }

  @Override
  public Evaluator evaluator() {
    return new Distance();
  }

  private final class Distance implements Evaluator {
    @Override
    public double distance(double[] query, int queryOffset, double[] stored, int storedOffset) {
      return distance(query, queryOffset, stored, storedOffset, Double.POSITIVE_INFINITY);
    }

    @Override
    public double distance(
        double[] query, int queryOffset, double[] stored, int storedOffset, double limit) {
      // The root of a greater sum is greater than the limit, also after rounding.
      double most = limit * limit * (1 + 0x1p-50);
      double sum = 0;
      for (int from = 0; from < length; from += CHUNK) {
        int count = Math.min(CHUNK, length - from);
        sum += chunk(query, queryOffset + 1 + from, stored, storedOffset + 1 + from, count);
        if (sum > most) {
          return Double.POSITIVE_INFINITY;
        }
      }
      return Math.sqrt(sum);
    }
  }

  /** Sums with several sums at once, which do not wait for each other. */
  private static double chunk(double[] x, int xFrom, double[] y, int yFrom, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    double e = 0;
    double f = 0;
    double g = 0;
    double h = 0;
    for (int t = 0; t < count; t += 8) {
      a += square(x[xFrom + t] - y[yFrom + t]);
      b += square(x[xFrom + t + 1] - y[yFrom + t + 1]);
      c += square(x[xFrom + t + 2] - y[yFrom + t + 2]);
      d += square(x[xFrom + t + 3] - y[yFrom + t + 3]);
      e += square(x[xFrom + t + 4] - y[yFrom + t + 4]);
      f += square(x[xFrom + t + 5] - y[yFrom + t + 5]);
      g += square(x[xFrom + t + 6] - y[yFrom + t + 6]);
      h += square(x[xFrom + t + 7] - y[yFrom + t + 7]);
    }
    return ((a + b) + (c + d)) + ((e + f) + (g + h));
  }

  private static double square(double number) {
    return number * number;
  }
}
