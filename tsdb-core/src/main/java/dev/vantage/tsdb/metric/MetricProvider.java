package dev.vantage.tsdb.metric;

import java.util.Map;

/**
 * Creates the metrics of one name. Implementations are thread-safe. {@link Metrics} finds providers
 * by {@link java.util.ServiceLoader}: a provider is a public class with a public constructor
 * without parameters, named in the module descriptor and in {@code META-INF/services}.
 */
public interface MetricProvider {

  /** {@return the name of the distance, which is stored with a database} */
  String name();

  /** {@return what the distance compares, in one short sentence without a full stop} */
  default String description() {
    return "";
  }

  /**
   * Creates the distance.
   *
   * @param length samples per series: a power of two, at least 8
   * @param parameters values by name, in any notation; a missing parameter has its default. No
   *     parameter is called {@code length}
   * @return the distance, whose {@link Metric#spec} contains every parameter
   * @throws IllegalArgumentException if a value is out of range; the message names the rule, then
   *     the value
   */
  Metric create(int length, Map<String, String> parameters);
}
