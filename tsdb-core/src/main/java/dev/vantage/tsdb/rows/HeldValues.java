package dev.vantage.tsdb.rows;

import dev.vantage.tsdb.rows.InvalidSelectException.Rule;
import dev.vantage.tsdb.series.AttributeValue;
import org.jspecify.annotations.Nullable;

/**
 * Counts the values that a collector holds, and limits them. Not thread-safe. A long string counts
 * as several values.
 */
final class HeldValues {
  /** The chars of a string that take as much memory as another value. */
  private static final int CHARS = 16;

  private long held;

  static long cost(@Nullable AttributeValue value) {
    return value instanceof AttributeValue.TextValue text ? 1 + text.value().length() / CHARS : 1;
  }

  static long cost(@Nullable AttributeValue[] values) {
    long cost = 0;
    for (AttributeValue value : values) {
      cost += cost(value);
    }
    return cost;
  }

  void take(long values) {
    held += values;
    if (!hasRoom(0)) {
      throw new InvalidSelectException(
          Rule.LIMIT,
          "select must hold at most "
              + RowCollector.MAX_VALUES
              + " values in memory: values="
              + held
              + "; hint: fewer columns, groups or rows");
    }
  }

  boolean hasRoom(long values) {
    return held + values <= RowCollector.MAX_VALUES;
  }

  void release(long values) {
    held -= values;
  }
}
