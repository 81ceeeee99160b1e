package dev.vantage.tsdb.rows;

import dev.vantage.tsdb.rows.InvalidSelectException.Rule;

/** Counts the values that a collector holds, and limits them. Not thread-safe. */
final class HeldValues {
  private long held;

  void take(long values) {
    held += values;
    if (held > RowCollector.MAX_VALUES) {
      throw new InvalidSelectException(
          Rule.LIMIT,
          "select must hold at most "
              + RowCollector.MAX_VALUES
              + " values in memory: values="
              + held
              + "; hint: fewer columns, groups or rows");
    }
  }

  void release(long values) {
    held -= values;
  }
}
