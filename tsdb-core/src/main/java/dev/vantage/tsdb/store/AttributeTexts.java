package dev.vantage.tsdb.store;

import dev.vantage.tsdb.series.AttributeValue;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The columns double_value, long_value and text_value of an attribute: its type says which of them
 * has the value, the others are null.
 */
public final class AttributeTexts {
  private AttributeTexts() {}

  /** Sets three parameters. */
  public static void set(PreparedStatement insert, int first, AttributeValue value)
      throws SQLException {
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

  /**
   * Reads three columns.
   *
   * @throws java.util.NoSuchElementException if a text is null
   * @throws IllegalArgumentException if what is there is no value of that type
   */
  public static AttributeValue get(ResultSet row, int first, AttributeValue.Type type)
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

  /** Microseconds since 1970-01-01T00:00:00Z. */
  public static long microseconds(Instant moment) {
    // ChronoUnit counts nanoseconds on the way, of which a long holds 292 years.
    return 1_000_000 * moment.getEpochSecond() + moment.getNano() / 1000;
  }

  /** The moment so many microseconds after 1970-01-01T00:00:00Z. */
  public static Instant moment(long microseconds) {
    return Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS);
  }
}
