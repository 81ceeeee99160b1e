package dev.vantage.tsdb.search;

import dev.vantage.tsdb.series.AttributeValue;

/**
 * The values of one attribute by ordinal, in pages of primitive arrays. Written by one thread at a
 * time and never changed once a state that shows them is published, so that they are read without
 * locks.
 */
abstract sealed class AttributeColumn permits DoubleColumn, LongColumn, TextColumn {
  /** A column for values of some type. */
  static AttributeColumn of(AttributeValue.Type type) {
    return switch (type) {
      case DOUBLE -> new DoubleColumn();
      case TEXT -> new TextColumn();
      case LONG, BOOLEAN, TIMESTAMP -> new LongColumn();
    };
  }

  /** Gives an ordinal a value. */
  abstract void set(int ordinal, AttributeValue value);

  /** Takes an ordinal's value away. */
  abstract void clear(int ordinal);

  /** Whether an ordinal has a value. */
  abstract boolean has(int ordinal);

  /**
   * A column with the same values under new ordinals. Cost: linear in the pages that there are.
   *
   * @param newOrdinals the new ordinals by old ordinal; -1 of those that are left out
   */
  abstract AttributeColumn packed(int[] newOrdinals);

  abstract long bytes();
}
