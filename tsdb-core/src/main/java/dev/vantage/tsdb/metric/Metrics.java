package dev.vantage.tsdb.metric;

import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** The registry of distances by name. Thread-safe. */
public final class Metrics {
  private Metrics() {}

  /**
   * Creates a distance.
   *
   * @param spec its name and parameters
   * @param length samples per series: a power of two, at least 8
   * @return the distance; its {@link Metric#spec} contains every parameter in canonical notation
   * @throws IllegalArgumentException if the name or a parameter is unknown, or a value is out of
   *     range; the message names the rule, then the values
   */
  public static Metric create(MetricSpec spec, int length) {
    Objects.requireNonNull(spec, "spec");
    SortedMap<String, MetricProvider> providers = providers();
    MetricProvider provider = providers.get(spec.name());
    if (provider == null) {
      throw new IllegalArgumentException(
          "distance must be known: distance="
              + spec.name()
              + "; hint: known distances are "
              + String.join(", ", providers.keySet()));
    }
    Metric metric = provider.create(length, spec.parameters());
    checkParameters(spec, metric.spec().parameters());
    return metric;
  }

  private static void checkParameters(MetricSpec spec, Map<String, String> known) {
    for (String parameter : spec.parameters().keySet()) {
      if (!known.containsKey(parameter)) {
        throw new IllegalArgumentException(
            "parameter must belong to the distance: parameter="
                + parameter
                + ", distance="
                + spec.name()
                + "; hint: its parameters are "
                + known.keySet());
      }
    }
  }

  /** {@return the providers of the known distances, by name} */
  public static SortedMap<String, MetricProvider> providers() {
    SortedMap<String, MetricProvider> providers = new TreeMap<>();
    // The class loader of the thread differs from caller to caller, so it is not used.
    ServiceLoader.load(MetricProvider.class, Metrics.class.getClassLoader())
        .forEach(provider -> providers.put(provider.name(), provider));
    return providers;
  }
}
