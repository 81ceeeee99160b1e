package dev.vantage.tsdb.index.column;

import dev.vantage.tsdb.series.AttributeValue;

/**
 * The values of one attribute by ordinal, in pages of primitive arrays. Written by one thread at a
 * time and never changed once a state that shows them is published, so that they are read without
 * locks.
 */
public abstract sealed class AttributeValues permits DoubleValues, LongValues, TextValues {
  /** A column for values of some type. */
  static AttributeValues of(AttributeValue.Type type) {
    return switch (type) {
      case DOUBLE -> new DoubleValues();
      case TEXT -> new TextValues();
      case LONG, BOOLEAN, TIMESTAMP -> new LongValues();
    };
  }

  /** Gives an ordinal a value. */
  abstract void set(int ordinal, AttributeValue value);

  /** Takes an ordinal's value away. */
  abstract void clear(int ordinal);

  /** Whether an ordinal has a value. */
  public abstract boolean has(int ordinal);

  /**
   * A column with the same values under new ordinals. Cost: linear in the pages that there are.
   *
   * @param newOrdinals the new ordinals by old ordinal; -1 of those that are left out
   */
  abstract AttributeValues packed(int[] newOrdinals);

  abstract long bytes();
}
