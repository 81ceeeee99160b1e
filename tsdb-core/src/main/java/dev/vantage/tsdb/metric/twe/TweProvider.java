package dev.vantage.tsdb.metric.twe;

import dev.vantage.tsdb.metric.Geometry;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.MetricProvider;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.metric.elastic.ElasticMetric;
import dev.vantage.tsdb.metric.sample.MetricParameters;
import java.util.Map;

/**
 * Creates the distance {@code twe} with its parameters {@code stiffness}, {@code penalty} and
 * {@code standardise}.
 */
public final class TweProvider implements MetricProvider {
  @Override
  public String name() {
    return "twe";
  }

  @Override
  public String description() {
    return "edits in time: matches and deletions";
  }

  @Override
  public Metric create(int length, Map<String, String> parameters) {
    MetricParameters given = new MetricParameters(parameters);
    double stiffness = given.number("stiffness", 0.001, value -> value > 0, "> 0");
    double penalty = given.number("penalty", 1, value -> value >= 0, ">= 0");
    return new ElasticMetric(
        new MetricSpec(
            name(),
            Map.of("stiffness", Double.toString(stiffness), "penalty", Double.toString(penalty))),
        Geometry.METRIC_SPACE,
        length,
        given.scaling(),
        () -> new Twe(length, stiffness, penalty));
  }
}
