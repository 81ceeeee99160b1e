package dev.vantage.tsdb.store;

import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;

/**
 * Computes checksums of all data except points and distances; {@code Blobs} of the package {@code
 * sql} computes those.
 */
public final class Seals {
  private Seals() {}

  /** {@return a random nonzero id of a change or a database} */
  public static long randomId() {
    UUID random = UUID.randomUUID();
    // XOR: the fixed bits of each half meet random bits of the other.
    long id = random.getMostSignificantBits() ^ random.getLeastSignificantBits();
    return id == 0 ? 1 : id;
  }

  public static long settings(SortedMap<String, String> properties) {
    Checksum checksum = new Checksum();
    properties.forEach((name, value) -> checksum.add(name).add(value));
    return checksum.value();
  }

  /**
   * Returns the checksum of all types. It is a sum, independent of their order, so a declaration
   * only adds to it.
   */
  public static long types(Map<String, Type> types) {
    return types.entrySet().stream()
        .mapToLong(type -> new Checksum().add(type.getKey()).add(type.getValue().label()).value())
        .sum();
  }

  /** {@return the checksum of the attributes and the summary of a series} */
  public static long description(DescribedSeries series) {
    PointSummary summary = series.summary();
    Checksum checksum =
        new Checksum()
            .add(series.key())
            .add(summary.mean())
            .add(summary.std())
            .add(summary.length())
            .add(summary.insertedAt().map(Microseconds::of).orElse(Long.MIN_VALUE));
    series
        .attributes()
        .asMap()
        .forEach((name, value) -> add(checksum.add(name).add(value.type().label()), value));
    return checksum.value();
  }

  private static void add(Checksum checksum, AttributeValue value) {
    if (value instanceof AttributeValue.DoubleValue number) {
      checksum.add(number.value());
    } else if (value instanceof AttributeValue.LongValue number) {
      checksum.add(number.value());
    } else if (value instanceof AttributeValue.BooleanValue truth) {
      checksum.add(truth.value() ? 1 : 0);
    } else if (value instanceof AttributeValue.TimestampValue moment) {
      checksum.add(moment.epochMicroseconds());
    } else {
      checksum.add(value.toString());
    }
  }
}
