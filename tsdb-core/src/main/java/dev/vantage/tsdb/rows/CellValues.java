package dev.vantage.tsdb.rows;

import dev.vantage.tsdb.condition.Row;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.BooleanValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import dev.vantage.tsdb.series.SeriesIds;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The order of values of one type, and their one form. Thread-safe. */
final class CellValues {
  private static final DoubleValue ZERO = new DoubleValue(0.0);

  /** Orders values of one type, which are not missing. */
  static final Comparator<AttributeValue> ASCENDING = CellValues::compare;

  private CellValues() {}

  /** Returns a value of a row, or null if it is missing. Not every storage has -0.0. */
  static @Nullable AttributeValue get(Row row, String attribute) {
    return normal(row.value(attribute).orElse(null));
  }

  static @Nullable AttributeValue normal(@Nullable AttributeValue value) {
    return value instanceof DoubleValue number && number.value() == 0 ? ZERO : value;
  }

  /** Compares values of one type; a missing value is greater than all others. */
  static int compareNullable(@Nullable AttributeValue one, @Nullable AttributeValue other) {
    if (one == null || other == null) {
      return Boolean.compare(one == null, other == null);
    }
    return compare(one, other);
  }

  /** Compares as an order asks for; a missing value is last in either direction. */
  static int compare(@Nullable AttributeValue one, @Nullable AttributeValue other, RowOrder order) {
    int ascending = compareNullable(one, other);
    return order.isDescending() && one != null && other != null ? -ascending : ascending;
  }

  private static int compare(AttributeValue one, AttributeValue other) {
    if (one instanceof DoubleValue a && other instanceof DoubleValue b) {
      return Double.compare(a.value(), b.value());
    } else if (one instanceof LongValue a && other instanceof LongValue b) {
      return Long.compare(a.value(), b.value());
    } else if (one instanceof TextValue a && other instanceof TextValue b) {
      return SeriesIds.ORDER.compare(a.value(), b.value());
    } else if (one instanceof BooleanValue a && other instanceof BooleanValue b) {
      return Boolean.compare(a.value(), b.value());
    } else if (one instanceof TimestampValue a && other instanceof TimestampValue b) {
      return a.value().compareTo(b.value());
    }
    throw new IllegalArgumentException(
        "values of a column must have one type: types=" + one.type() + ", " + other.type());
  }
}
