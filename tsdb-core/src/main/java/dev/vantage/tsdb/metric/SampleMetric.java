package dev.vantage.tsdb.metric;

import java.util.Objects;

/**
 * A distance that compares standardised samples by a function and has no lower bounds of its own.
 * The shortest way to add a distance. Immutable.
 *
 * <p>The function receives two arrays and the index of the first sample in each. It is thread-safe.
 * Rounding changes the square of its result by at most {@link #squaredDistanceError}, as is true
 * for the Euclidean distance.
 *
 * @param spec the name and every parameter
 * @param geometry which laws the distances obey
 * @param length samples per series
 * @param distance the distance between two series of {@code length} samples with mean 0 and
 *     population standard deviation 1
 */
public record SampleMetric(
    MetricSpec spec, Geometry geometry, int length, Metric.Evaluator distance) implements Metric {
  public SampleMetric {
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(geometry, "geometry");
    Objects.requireNonNull(distance, "distance");
  }

  @Override
  public int rowSize() {
    return length + 1; // a sample can be 0, so a row begins with another number
  }

  @Override
  public double squaredDistanceError() {
    return 4.0 * length * length * Math.ulp(1.0);
  }

  @Override
  public void prepare(double[] samples, double[] row, int offset) {
    Objects.requireNonNull(samples, "samples");
    Objects.requireNonNull(row, "row");
    row[offset] = 1;
    System.arraycopy(Standardisation.standardise(samples), 0, row, offset + 1, length);
  }

  @Override
  public Evaluator evaluator() {
    return (query, queryOffset, stored, storedOffset) ->
        distance.distance(query, queryOffset + 1, stored, storedOffset + 1);
  }
}
