package dev.vantage.tsdb.metric.toy;

import dev.vantage.tsdb.metric.Geometry;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.MetricProvider;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.metric.SampleMetric;
import java.util.Map;

/**
 * The mean absolute difference of standardised samples to the power of a parameter, which is 1 by
 * default; with a greater power the triangle inequality fails.
 */
public final class ToyPower implements MetricProvider {
  public static final MetricSpec SPEC = new MetricSpec("toy-power", Map.of("power", "1"));

  @Override
  public String name() {
    return SPEC.name();
  }

  @Override
  public Metric create(int length, Map<String, String> parameters) {
    int power = Integer.parseInt(parameters.getOrDefault("power", "1").trim());
    return new SampleMetric(
        SPEC.with("power", Integer.toString(power)),
        power == 1 ? Geometry.METRIC_SPACE : Geometry.DISSIMILARITY,
        length,
        (x, i, y, j) -> {
          double sum = 0;
          for (int t = 0; t < length; t++) {
            sum += Math.abs(x[i + t] - y[j + t]);
          }
          return Math.pow(sum / length, power);
        });
  }
}
