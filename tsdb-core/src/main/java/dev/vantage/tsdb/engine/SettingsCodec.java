package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.DamagedDatabaseException;
import dev.vantage.tsdb.InvalidLocationException;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.metric.Metrics;
import dev.vantage.tsdb.series.Resampling;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Converts settings and metric to the properties of a stored database, and back. */
public final class SettingsCodec {
  private static final String METRIC = "metric.name";
  private static final String METRIC_PARAMETER = "metric.parameter.";
  private static final String LENGTH = METRIC_PARAMETER + "length";
  private static final String HILBERTIAN = "metric.hilbertian";
  private static final String IS_METRIC = "metric.metric";
  private static final String VANTAGE_POINTS = "vantage_points";
  private static final String SEED = "seed";
  private static final String RESAMPLING = "resampling";

  private SettingsCodec() {}

  /**
   * Makes the metric of a database.
   *
   * @throws InvalidRequestException if the metric or a parameter is unknown
   */
  public static Metric metric(Settings settings) {
    try {
      return Metrics.create(settings.metric(), settings.length());
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(e.getMessage());
    }
  }

  /**
   * Completes the parameters of the metric, in the notation that is stored.
   *
   * @throws InvalidRequestException if the metric or a parameter is unknown
   */
  public static Settings complete(Settings settings) {
    return settings.withMetric(metric(settings).spec());
  }

  public static SortedMap<String, String> properties(Settings settings) {
    SortedMap<String, String> properties = new TreeMap<>(properties(metric(settings)));
    properties.put(VANTAGE_POINTS, Integer.toString(settings.vantagePoints()));
    properties.put(SEED, Long.toString(settings.seed()));
    properties.put(RESAMPLING, settings.resampling().label());
    return properties;
  }

  private static SortedMap<String, String> properties(Metric metric) {
    SortedMap<String, String> properties = new TreeMap<>();
    properties.put(METRIC, metric.spec().name());
    properties.put(IS_METRIC, Boolean.toString(metric.geometry().hasTriangleInequality()));
    properties.put(HILBERTIAN, Boolean.toString(metric.geometry().isHilbertian()));
    metric
        .spec()
        .parameters()
        .forEach((name, value) -> properties.put(METRIC_PARAMETER + name, value));
    properties.put(LENGTH, Integer.toString(metric.length()));
    return properties;
  }

  /** Reads settings, and checks that they give the stored metric. */
  public static Settings read(SortedMap<String, String> properties) {
    checkKnown(properties);
    Settings settings;
    Metric metric;
    try {
      settings =
          new Settings(
              Integer.parseInt(property(properties, LENGTH)),
              metricSpec(properties),
              Integer.parseInt(property(properties, VANTAGE_POINTS)),
              Long.parseLong(property(properties, SEED)),
              Resampling.ofLabel(property(properties, RESAMPLING)));
      metric = metric(settings);
    } catch (IllegalArgumentException e) {
      throw new DamagedDatabaseException(
          "stored settings must be readable: " + e.getMessage() + ", stored=" + properties, e);
    }
    properties(metric)
        .forEach(
            (name, value) -> {
              if (!value.equals(properties.get(name))) {
                throw unknownMetric(name, properties.getOrDefault(name, "none"), value);
              }
            });
    return settings;
  }

  /** Refuses a database whose metric is not registered here. */
  private static void checkKnown(Map<String, String> properties) {
    String name = properties.get(METRIC);
    Set<String> known = Metrics.providers().keySet();
    if (name != null && !known.contains(name)) {
      throw unknownMetric(
          METRIC,
          name,
          String.join(" ", known)
              + "; hint: open it with a tsdb, or with a provider on the class path, that has this"
              + " distance");
    }
  }

  private static InvalidLocationException unknownMetric(
      String property, String stored, String known) {
    return new InvalidLocationException(
        "database must use a metric that is known here: "
            + property
            + "="
            + stored
            + ", known="
            + known);
  }

  private static MetricSpec metricSpec(SortedMap<String, String> properties) {
    SortedMap<String, String> parameters = new TreeMap<>();
    properties.forEach(
        (name, value) -> {
          if (name.startsWith(METRIC_PARAMETER) && !name.equals(LENGTH)) {
            parameters.put(name.substring(METRIC_PARAMETER.length()), value);
          }
        });
    return new MetricSpec(property(properties, METRIC), parameters);
  }

  private static String property(SortedMap<String, String> properties, String name) {
    String value = properties.get(name);
    if (value == null) {
      throw new IllegalArgumentException("property is missing: name=" + name);
    }
    return value;
  }
}
