package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.series.AttributeValue;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;

/**
 * The columns double_value, long_value and text_value of an attribute. Its type determines the
 * column that has the value; the others are null.
 */
final class AttributeColumns {
  private AttributeColumns() {}

  /** Sets the parameters of the three columns. */
  static void set(PreparedStatement insert, int first, AttributeValue value) throws SQLException {
    insert.setNull(first, Types.DOUBLE);
    insert.setNull(first + 1, Types.BIGINT);
    insert.setNull(first + 2, Types.VARCHAR);
    if (value instanceof AttributeValue.DoubleValue number) {
      insert.setDouble(first, number.value());
    } else if (value instanceof AttributeValue.LongValue number) {
      insert.setLong(first + 1, number.value());
    } else if (value instanceof AttributeValue.BooleanValue truth) {
      insert.setLong(first + 1, truth.value() ? 1 : 0);
    } else if (value instanceof AttributeValue.TimestampValue moment) {
      insert.setLong(first + 1, moment.epochMicroseconds());
    } else {
      insert.setString(first + 2, value.toString());
    }
  }

  /** Returns the name of the column that has the values of a type. */
  static String name(AttributeValue.Type type) {
    return switch (type) {
      case DOUBLE -> "double_value";
      case LONG, BOOLEAN, TIMESTAMP -> "long_value";
      case TEXT -> "text_value";
    };
  }

  /**
   * Reads a column that has the values of a type.
   *
   * @return the value, or empty for null
   * @throws IllegalArgumentException if the column has a value of another type
   */
  static Optional<AttributeValue> find(ResultSet row, int column, AttributeValue.Type type)
      throws SQLException {
    if (type == AttributeValue.Type.TEXT) {
      return Optional.ofNullable(row.getString(column)).map(AttributeValue.TextValue::new);
    } else if (type == AttributeValue.Type.DOUBLE) {
      double number = row.getDouble(column);
      return row.wasNull() ? Optional.empty() : Optional.of(new AttributeValue.DoubleValue(number));
    }
    long number = row.getLong(column);
    if (row.wasNull()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (type) {
          case BOOLEAN -> new AttributeValue.BooleanValue(number != 0);
          case TIMESTAMP -> AttributeValue.TimestampValue.ofEpochMicroseconds(number);
          default -> new AttributeValue.LongValue(number);
        });
  }

  /**
   * Reads the three columns.
   *
   * @throws java.util.NoSuchElementException if a text is null
   * @throws IllegalArgumentException if the columns have no value of that type
   */
  static AttributeValue get(ResultSet row, int first, AttributeValue.Type type)
      throws SQLException {
    return switch (type) {
      case DOUBLE -> new AttributeValue.DoubleValue(row.getDouble(first));
      case LONG -> new AttributeValue.LongValue(row.getLong(first + 1));
      case BOOLEAN -> new AttributeValue.BooleanValue(row.getLong(first + 1) != 0);
      case TIMESTAMP -> AttributeValue.TimestampValue.ofEpochMicroseconds(row.getLong(first + 1));
      case TEXT ->
          new AttributeValue.TextValue(Optional.ofNullable(row.getString(first + 2)).orElseThrow());
    };
  }
}
