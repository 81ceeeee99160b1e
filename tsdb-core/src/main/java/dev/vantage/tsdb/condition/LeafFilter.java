package dev.vantage.tsdb.condition;

import dev.vantage.tsdb.series.AttributeValue;
import java.util.Objects;

/**
 * A test of one attribute; false for null. Immutable. Searches call the tests of its subclasses,
 * which take primitive values and are not virtual.
 */
abstract sealed class LeafFilter<T> implements Filter permits DoubleFilter, LongFilter, TextFilter {
  private final Leaf<T> leaf;

  LeafFilter(Leaf<T> leaf) {
    this.leaf = leaf;
  }

  /** {@return whether a value passes that has the type of the attribute} */
  abstract boolean accepts(AttributeValue value);

  final IllegalArgumentException refused(AttributeValue value) {
    return leaf.refused(value);
  }

  /** {@return the name of the attribute} */
  public final String attribute() {
    return leaf.attribute();
  }

  /** {@return the test as its parts: attribute, accepted values, negation} */
  public final Leaf<T> leaf() {
    return leaf;
  }

  @Override
  public final boolean matches(Row row) {
    Objects.requireNonNull(row, "row");
    return row.value(attribute()).map(this::accepts).orElse(false);
  }

  /** Filters of one class are equal if their leaves are. */
  @Override
  public final boolean equals(Object other) {
    return other != null
        && getClass() == other.getClass()
        && leaf.equals(((LeafFilter<?>) other).leaf);
  }

  @Override
  public final int hashCode() {
    return leaf.hashCode();
  }

  @Override
  public final String toString() {
    return leaf.toString();
  }
}
