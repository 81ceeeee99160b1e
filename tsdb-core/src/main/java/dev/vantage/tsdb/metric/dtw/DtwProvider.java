package dev.vantage.tsdb.metric.dtw;

import dev.vantage.tsdb.metric.Geometry;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.MetricProvider;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.metric.elastic.ElasticMetric;
import dev.vantage.tsdb.metric.sample.MetricParameters;
import java.util.Map;

/** Creates the distance {@code dtw} with its parameters {@code window} and {@code standardise}. */
public final class DtwProvider implements MetricProvider {
  @Override
  public String name() {
    return "dtw";
  }

  @Override
  public String description() {
    return "the best warping within a window; no metric, so without trees";
  }

  @Override
  public Metric create(int length, Map<String, String> parameters) {
    MetricParameters given = new MetricParameters(parameters);
    int window = given.whole("window", Math.max(1, length / 10), length);
    return new ElasticMetric(
            new MetricSpec(name(), Map.of("window", Integer.toString(window))),
            Geometry.DISSIMILARITY,
            length,
            given.scaling(),
            () -> new Dtw(length, window))
        .withSketch(new EnvelopeSketch(length, window));
  }
}
