package dev.vantage.tsdb.condition;

import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import dev.vantage.tsdb.series.InvalidAttributeException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/** Parses timestamps in conditions: ISO 8601, a date with or without time of day and UTC offset. */
final class Timestamps {
  private static final int DATE_CHARS = 10;
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffset("+HH:mm", "Z")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT)
          .withChronology(IsoChronology.INSTANCE);

  private Timestamps() {}

  /** Parses a timestamp. Fractions of a microsecond are cut off, as in stored values. */
  static TimestampValue read(Literal.Text literal) {
    try {
      TemporalAccessor fields = FORMAT.parse(withLetter(literal.value()));
      LocalDate date = LocalDate.from(fields);
      LocalTime time = fields.query(TemporalQueries.localTime());
      ZoneOffset offset = fields.query(TemporalQueries.offset());
      return new TimestampValue(
          date.atTime(time == null ? LocalTime.MIDNIGHT : time)
              .toInstant(offset == null ? ZoneOffset.UTC : offset));
    } catch (DateTimeException | InvalidAttributeException e) {
      throw InvalidConditionException.at(
          literal.column(),
          "timestamp must be like '2024-05-01' or '2024-05-01T20:15:00.5Z', in the years 1 to 9999",
          "found='" + InvalidConditionException.shown(literal.value()) + "'");
    }
  }

  /** Replaces the space that SQL writes between date and time by the T of ISO 8601. */
  private static String withLetter(String text) {
    boolean hasSpace = text.length() > DATE_CHARS && text.charAt(DATE_CHARS) == ' ';
    return hasSpace ? text.substring(0, DATE_CHARS) + 'T' + text.substring(DATE_CHARS + 1) : text;
  }
}
