package dev.vantage.tsdb.metric.kernel;

import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.MetricProvider;
import java.util.Map;

/** Creates {@link KernelCorrelation}, with its one parameter {@code multiplier} (default 1). */
public final class KernelProvider implements MetricProvider {
  private static final String DEFAULT_MULTIPLIER = "1";

  @Override
  public String name() {
    return KernelCorrelation.NAME;
  }

  @Override
  public String description() {
    return "all circular shifts, the best ones most";
  }

  @Override
  public Metric create(int length, Map<String, String> parameters) {
    String multiplier = parameters.getOrDefault(KernelCorrelation.MULTIPLIER, DEFAULT_MULTIPLIER);
    try {
      return new KernelCorrelation(length, Double.parseDouble(multiplier));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "multiplier must be a number: multiplier=" + multiplier, e);
    }
  }
}
