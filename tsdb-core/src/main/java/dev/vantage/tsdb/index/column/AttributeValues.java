package dev.vantage.tsdb.index.column;

import dev.vantage.tsdb.series.AttributeValue;
import java.util.Optional;

/**
 * The values of one attribute by ordinal, in pages of primitive arrays. Written by one thread at a
 * time and never changed once a state that shows them is published, so that they are read without
 * locks. Published values change in a {@linkplain #copy copy} for the next state.
 */
public abstract sealed class AttributeValues permits DoubleValues, LongValues, TextValues {
  /** Creates a column for values of a type. */
  static AttributeValues of(AttributeValue.Type type) {
    return switch (type) {
      case DOUBLE -> new DoubleValues();
      case TEXT -> new TextValues();
      case LONG, BOOLEAN, TIMESTAMP -> new LongValues(type);
    };
  }

  /** Sets the value of an ordinal that no published state shows. */
  abstract void set(int ordinal, AttributeValue value);

  /** Removes the value of an ordinal that no published state shows. */
  abstract void clear(int ordinal);

  /** Returns a column with the same values, which shares all pages until they are changed. */
  abstract AttributeValues copy();

  /** Changes the value of any ordinal; the column that this one was copied from keeps its value. */
  abstract void replace(int ordinal, Optional<AttributeValue> value);

  /** Returns whether an ordinal has a value. */
  public abstract boolean has(int ordinal);

  /** Returns the value of an ordinal, or empty if it has none. */
  public abstract Optional<AttributeValue> value(int ordinal);

  /**
   * Returns a column with the same values under new ordinals. Cost: linear in the number of pages.
   *
   * @param newOrdinals the new ordinals by old ordinal; -1 for ordinals that are left out
   */
  abstract AttributeValues packed(int[] newOrdinals);

  abstract long bytes();
}
