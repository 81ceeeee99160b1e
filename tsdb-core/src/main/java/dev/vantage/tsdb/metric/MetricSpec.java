package dev.vantage.tsdb.metric;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The name and the parameters of a distance, fixed when a database is created. Immutable. {@link
 * Metrics} creates the distance and checks its name and parameters.
 *
 * @param name the name of the distance
 * @param parameters the values of its parameters by name, sorted; unmodifiable. A parameter that is
 *     missing has its default
 */
public record MetricSpec(String name, Map<String, String> parameters) {
  /** The name of the parameter of {@link #DEFAULT}: the sharpness of the kernel. */
  public static final String MULTIPLIER = "multiplier";

  /** The kernelised cross-correlation with multiplier 1. */
  public static final MetricSpec DEFAULT =
      new MetricSpec("kernelised-cross-correlation", Map.of(MULTIPLIER, "1.0"));

  public MetricSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(parameters, "parameters");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a distance must have a name: name=''");
    }
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }

  /**
   * Changes a parameter.
   *
   * @param parameter the name of the parameter
   * @param value its value
   * @return a copy with that value
   */
  public MetricSpec with(String parameter, String value) {
    Objects.requireNonNull(parameter, "parameter");
    Objects.requireNonNull(value, "value");
    Map<String, String> changed = new TreeMap<>(parameters);
    changed.put(parameter, value);
    return new MetricSpec(name, changed);
  }
}
