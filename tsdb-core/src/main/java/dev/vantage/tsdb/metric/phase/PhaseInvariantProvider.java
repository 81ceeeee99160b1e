package dev.vantage.tsdb.metric.phase;

import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.MetricProvider;
import dev.vantage.tsdb.metric.sample.MetricParameters;
import java.util.Map;

/**
 * Creates the distance {@code phase-invariant} with its parameters {@code reversal} and {@code
 * standardise}.
 */
public final class PhaseInvariantProvider implements MetricProvider {
  @Override
  public String name() {
    return PhaseInvariant.NAME;
  }

  @Override
  public String description() {
    return "the best circular shift";
  }

  @Override
  public Metric create(int length, Map<String, String> parameters) {
    MetricParameters given = new MetricParameters(parameters);
    return new PhaseInvariant(length, given.flag(PhaseInvariant.REVERSAL), given.scaling());
  }
}
