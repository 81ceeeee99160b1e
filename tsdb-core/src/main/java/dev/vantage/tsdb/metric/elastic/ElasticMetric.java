package dev.vantage.tsdb.metric.elastic;

import dev.vantage.tsdb.metric.Geometry;
import dev.vantage.tsdb.metric.Invariance;
import dev.vantage.tsdb.metric.LowerBound;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.metric.sample.SampleScaling;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A metric of an elastic distance. Immutable.
 *
 * <p>A row is a 1, which is not 0 as the first number of a row must be, the least and the greatest
 * sample, and the samples.
 */
public final class ElasticMetric implements Metric {
  /** The place of the first sample in a row. */
  public static final int SAMPLES = 3;

  private final MetricSpec spec;
  private final Geometry geometry;
  private final int length;
  private final SampleScaling scaling;
  private final Supplier<ElasticDistance> distances;
  private final SampleSketch sketch;

  /** Lower bounds from sketches of samples. */
  public interface SampleSketch {
    /** A distance without lower bounds. */
    SampleSketch NONE =
        new SampleSketch() {
          @Override
          public int size() {
            return 0;
          }

          @Override
          public void write(double[] samples, int offset, float[] sketch, int sketchOffset) {}

          @Override
          public List<LowerBound> bounds() {
            return List.of();
          }
        };

    /** {@return the floats of a sketch} */
    int size();

    /** Writes the sketch of samples. */
    void write(double[] samples, int offset, float[] sketch, int sketchOffset);

    /** {@return the lower bounds from sketches, ordered as {@link Metric#lowerBounds}} */
    List<LowerBound> bounds();
  }

  /**
   * Creates a metric without lower bounds.
   *
   * @param spec its name and its parameters but the scaling
   * @param geometry which laws the distances obey
   * @param length samples per series
   * @param scaling how samples are scaled
   * @param distances creates the distance for one thread
   */
  public ElasticMetric(
      MetricSpec spec,
      Geometry geometry,
      int length,
      SampleScaling scaling,
      Supplier<ElasticDistance> distances) {
    this(withScaling(spec, scaling), geometry, length, scaling, distances, SampleSketch.NONE);
  }

  private ElasticMetric(
      MetricSpec spec,
      Geometry geometry,
      int length,
      SampleScaling scaling,
      Supplier<ElasticDistance> distances,
      SampleSketch sketch) {
    this.spec = spec;
    this.geometry = geometry;
    this.length = length;
    this.scaling = scaling;
    this.distances = distances;
    this.sketch = sketch;
  }

  /** {@return the same metric with lower bounds from sketches} */
  public ElasticMetric withSketch(SampleSketch newSketch) {
    return new ElasticMetric(spec, geometry, length, scaling, distances, newSketch);
  }

  private static MetricSpec withScaling(MetricSpec spec, SampleScaling scaling) {
    Map<String, String> all = new TreeMap<>(spec.parameters());
    all.put(SampleScaling.PARAMETER, scaling.label());
    return new MetricSpec(spec.name(), all);
  }

  @Override
  public MetricSpec spec() {
    return spec;
  }

  @Override
  public Geometry geometry() {
    return geometry;
  }

  @Override
  public Set<Invariance> invariances() {
    return scaling.invariances();
  }

  @Override
  public boolean isElastic() {
    return true;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public int rowSize() {
    return SAMPLES + length;
  }

  @Override
  public double squaredDistanceError() {
    return 0;
  }

  /**
   * {@inheritDoc}
   *
   * <p>A distance is a sum of at most two steps per sample, each of a few roundings; no number in
   * it is negative, so that relative errors do not grow.
   */
  @Override
  public double relativeDistanceError() {
    return 8.0 * (length + 2) * Math.ulp(1.0);
  }

  @Override
  public void prepare(double[] samples, double[] row, int offset) {
    double[] scaled = scaling.scale(samples);
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (double sample : scaled) {
      least = Math.min(least, sample);
      greatest = Math.max(greatest, sample);
    }
    row[offset] = 1;
    row[offset + SAMPLES - 2] = least;
    row[offset + SAMPLES - 1] = greatest;
    System.arraycopy(scaled, 0, row, offset + SAMPLES, length);
  }

  @Override
  public int sketchSize() {
    return sketch.size();
  }

  @Override
  public void sketch(double[] row, int offset, float[] into, int intoOffset) {
    sketch.write(row, offset + SAMPLES, into, intoOffset);
  }

  @Override
  public List<LowerBound> lowerBounds() {
    return sketch.bounds();
  }

  @Override
  public Evaluator evaluator() {
    ElasticDistance distance = distances.get();
    return new Evaluator() {
      @Override
      public double distance(double[] query, int queryOffset, double[] stored, int storedOffset) {
        return distance(query, queryOffset, stored, storedOffset, Double.POSITIVE_INFINITY);
      }

      @Override
      public double distance(
          double[] query, int queryOffset, double[] stored, int storedOffset, double limit) {
        return distance.distance(
            query, queryOffset + SAMPLES, stored, storedOffset + SAMPLES, limit);
      }

      @Override
      public int[] alignment(double[] query, int queryOffset, double[] stored, int storedOffset) {
        return Alignment.path(
            distance.costs(query, queryOffset + SAMPLES, stored, storedOffset + SAMPLES), length);
      }
    };
  }
}
