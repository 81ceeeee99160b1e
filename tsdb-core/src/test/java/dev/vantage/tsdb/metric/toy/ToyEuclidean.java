package dev.vantage.tsdb.metric.toy;

import dev.vantage.tsdb.metric.Geometry;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.MetricProvider;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.metric.SampleMetric;
import java.util.Map;

/**
 * The Euclidean distance of standardised samples, not declared Hilbertian. An example of a minimal
 * new distance.
 */
public final class ToyEuclidean implements MetricProvider {
  public static final MetricSpec SPEC = new MetricSpec("toy-euclidean", Map.of());

  @Override
  public String name() {
    return SPEC.name();
  }

  @Override
  public Metric create(int length, Map<String, String> parameters) {
    return new SampleMetric(
        SPEC,
        Geometry.METRIC_SPACE,
        length,
        (x, i, y, j) -> {
          double sum = 0;
          for (int t = 0; t < length; t++) {
            sum += (x[i + t] - y[j + t]) * (x[i + t] - y[j + t]);
          }
          return Math.sqrt(sum);
        });
  }
}
