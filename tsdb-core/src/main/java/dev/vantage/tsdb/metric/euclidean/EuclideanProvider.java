package dev.vantage.tsdb.metric.euclidean;

import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.MetricProvider;
import dev.vantage.tsdb.metric.sample.MetricParameters;
import java.util.Map;

/** Creates the distance {@code euclidean} with its parameter {@code standardise}. */
public final class EuclideanProvider implements MetricProvider {
  @Override
  public String name() {
    return Euclidean.NAME;
  }

  @Override
  public String description() {
    return "sample by sample, as it is";
  }

  @Override
  public Metric create(int length, Map<String, String> parameters) {
    return new Euclidean(length, new MetricParameters(parameters).scaling());
  }
}
