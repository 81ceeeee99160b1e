package dev.vantage.tsdb.metric.msm;

import dev.vantage.tsdb.metric.Geometry;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.MetricProvider;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.metric.elastic.ElasticMetric;
import dev.vantage.tsdb.metric.sample.MetricParameters;
import java.util.Map;

/** Creates the distance {@code msm} with its parameters {@code cost} and {@code standardise}. */
public final class MsmProvider implements MetricProvider {
  @Override
  public String name() {
    return "msm";
  }

  @Override
  public String description() {
    return "moves, splits and merges of samples";
  }

  @Override
  public Metric create(int length, Map<String, String> parameters) {
    MetricParameters given = new MetricParameters(parameters);
    double cost = given.number("cost", 1, value -> value > 0, "> 0");
    return new ElasticMetric(
        new MetricSpec(name(), Map.of("cost", Double.toString(cost))),
        Geometry.METRIC_SPACE,
        length,
        given.scaling(),
        () -> new Msm(length, cost));
  }
}
