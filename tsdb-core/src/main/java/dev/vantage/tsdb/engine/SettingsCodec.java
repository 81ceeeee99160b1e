package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.DamagedDatabaseException;
import dev.vantage.tsdb.InvalidLocationException;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.kernel.KernelCorrelation;
import dev.vantage.tsdb.series.Resampling;
import java.util.SortedMap;
import java.util.TreeMap;

/** Settings and metric as the properties of a stored database, and back. */
public final class SettingsCodec {
  private static final String METRIC = "metric.name";
  private static final String METRIC_PARAMETER = "metric.parameter.";
  private static final String HILBERTIAN = "metric.hilbertian";
  private static final String IS_METRIC = "metric.metric";
  private static final String VANTAGE_POINTS = "vantage_points";
  private static final String SEED = "seed";
  private static final String RESAMPLING = "resampling";

  private SettingsCodec() {}

  public static Metric metric(Settings settings) {
    return new KernelCorrelation(settings.length(), settings.multiplier());
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
    properties.put(METRIC, metric.name());
    properties.put(IS_METRIC, Boolean.toString(metric.isMetric()));
    properties.put(HILBERTIAN, Boolean.toString(metric.isHilbertian()));
    metric.parameters().forEach((name, value) -> properties.put(METRIC_PARAMETER + name, value));
    return properties;
  }

  /** Reads settings back and checks that the metric they give is the one that was stored. */
  public static Settings read(SortedMap<String, String> properties) {
    Settings settings;
    try {
      settings =
          new Settings(
              Integer.parseInt(property(properties, METRIC_PARAMETER + "length")),
              Double.parseDouble(property(properties, METRIC_PARAMETER + "multiplier")),
              Integer.parseInt(property(properties, VANTAGE_POINTS)),
              Long.parseLong(property(properties, SEED)),
              Resampling.ofLabel(property(properties, RESAMPLING)));
    } catch (IllegalArgumentException e) {
      throw new DamagedDatabaseException(
          "stored settings must be readable: " + e.getMessage() + ", stored=" + properties, e);
    }
    properties(metric(settings))
        .forEach(
            (name, value) -> {
              if (!value.equals(properties.get(name))) {
                throw new InvalidLocationException(
                    "database must have been made with a metric known here: "
                        + name
                        + "="
                        + properties.get(name)
                        + ", known="
                        + value);
              }
            });
    return settings;
  }

  private static String property(SortedMap<String, String> properties, String name) {
    String value = properties.get(name);
    if (value == null) {
      throw new IllegalArgumentException("property is missing: name=" + name);
    }
    return value;
  }
}
