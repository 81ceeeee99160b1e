package dev.vantage.tsdb.metric.erp;

import dev.vantage.tsdb.metric.Geometry;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.MetricProvider;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.metric.elastic.ElasticMetric;
import dev.vantage.tsdb.metric.sample.MetricParameters;
import java.util.Map;

/** Creates the distance {@code erp} with its parameters {@code gap} and {@code standardise}. */
public final class ErpProvider implements MetricProvider {
  @Override
  public String name() {
    return "erp";
  }

  @Override
  public String description() {
    return "edits: matches, and gaps at a price";
  }

  @Override
  public Metric create(int length, Map<String, String> parameters) {
    MetricParameters given = new MetricParameters(parameters);
    double gap = given.number("gap", 0, value -> true, "finite");
    return new ElasticMetric(
        new MetricSpec(name(), Map.of("gap", Double.toString(gap))),
        Geometry.METRIC_SPACE,
        length,
        given.scaling(),
        () -> new Erp(length, gap));
  }
}
