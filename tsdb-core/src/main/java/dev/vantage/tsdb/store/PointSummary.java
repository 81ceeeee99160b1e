package dev.vantage.tsdb.store;

import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.TimeSeries;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The built-in attributes of a series except its id: mean, standard deviation, length and insertion
 * time. Immutable.
 *
 * @param mean the arithmetic mean of the original values; finite
 * @param std their standard deviation, with divisor n; finite
 * @param length the number of values
 * @param insertedAt the time when it was inserted or last replaced, to the microsecond; empty if
 *     not recorded
 */
public record PointSummary(double mean, double std, long length, Optional<Instant> insertedAt) {
  public PointSummary {
    mean += 0.0; // replaces negative zero, which not every storage can represent
    insertedAt = insertedAt.map(moment -> moment.truncatedTo(ChronoUnit.MICROS));
  }

  /**
   * Computes the summary of a series, in time linear in its length.
   *
   * @param series the series
   * @param insertedAt the insertion time, if known
   * @return its summary
   */
  public static PointSummary of(TimeSeries series, Optional<Instant> insertedAt) {
    return ofSamples(series.values(), insertedAt);
  }

  /**
   * Looks up a built-in attribute.
   *
   * @param builtIn the name of the built-in attribute
   * @param id the id of the series
   * @return its value, or empty if it is not recorded
   */
  public Optional<AttributeValue> value(String builtIn, String id) {
    return switch (builtIn) {
      case AttributeTypes.ID -> Optional.of(new AttributeValue.TextValue(id));
      case AttributeTypes.MEAN -> Optional.of(new AttributeValue.DoubleValue(mean));
      case AttributeTypes.STD -> Optional.of(new AttributeValue.DoubleValue(std));
      case AttributeTypes.LENGTH -> Optional.of(new AttributeValue.LongValue(length));
      case AttributeTypes.INSERTED_AT -> insertedAt.map(AttributeValue.TimestampValue::new);
      default -> throw new IllegalArgumentException("name must be built in: name=" + builtIn);
    };
  }

  /**
   * Merges the built-in attributes with the given attributes of a series.
   *
   * @param attributes the given attributes
   * @return all attributes by name, except the id
   */
  public Map<String, AttributeValue> with(Attributes attributes) {
    Map<String, AttributeValue> all = new HashMap<>(attributes.asMap());
    all.put(AttributeTypes.MEAN, new AttributeValue.DoubleValue(mean));
    all.put(AttributeTypes.STD, new AttributeValue.DoubleValue(std));
    all.put(AttributeTypes.LENGTH, new AttributeValue.LongValue(length));
    insertedAt.ifPresent(
        moment -> all.put(AttributeTypes.INSERTED_AT, new AttributeValue.TimestampValue(moment)));
    return all;
  }

  /**
   * Computes the summary of any samples, even of none. Damaged samples also get finite numbers:
   * their damage is reported when they are read.
   */
  public static PointSummary ofSamples(double[] samples, Optional<Instant> insertedAt) {
    double greatest = 0;
    for (double sample : samples) {
      greatest = Math.max(greatest, Double.isFinite(sample) ? Math.abs(sample) : 0);
    }
    if (greatest == 0) {
      return new PointSummary(0, 0, samples.length, insertedAt);
    }
    // Samples scaled to at most 2 do not overflow, and only negligible ones underflow. Scaling by a
    // power of two is exact.
    int exponent = Math.getExponent(greatest);
    double[] scaled =
        Arrays.stream(samples)
            .map(sample -> Double.isFinite(sample) ? Math.scalb(sample, -exponent) : 0)
            .toArray();
    double mean = Arrays.stream(scaled).sum() / scaled.length; // a compensated sum
    double bound = Math.scalb(greatest, -exponent);
    return new PointSummary(
        Math.scalb(Math.max(-bound, Math.min(bound, mean)), exponent),
        Math.scalb(Math.min(bound, std(scaled, mean)), exponent),
        samples.length,
        insertedAt);
  }

  private static double std(double[] samples, double mean) {
    double squares = Arrays.stream(samples).map(x -> (x - mean) * (x - mean)).sum();
    double rest = Arrays.stream(samples).map(x -> x - mean).sum();
    // The mean is rounded, so deviations from it do not add up to 0.
    return Math.sqrt(Math.max(0, squares - rest * rest / samples.length) / samples.length);
  }
}
