package dev.vantage.tsdb.format.table;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses dates and date-times in ISO 8601, also with a space between date and time. Without an
 * offset they are UTC. Thread-safe.
 */
public final class TimeText {
  private static final Pattern MOMENT =
      Pattern.compile(
          "([0-9]{4})-([0-9]{2})-([0-9]{2})"
              + "(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)?"
              + " ?(Z|UTC|[+-][0-9]{2}(?::?[0-9]{2})?)?)?",
          Pattern.CASE_INSENSITIVE);
  private static final int NANO_DIGITS = 9;

  private TimeText() {}

  /** Returns whether the whole field has the form of a date or date-time; the day may not exist. */
  public static boolean isMoment(String text) {
    return text.length() >= 10
        && text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && MOMENT.matcher(text).matches();
  }

  /**
   * Parses a date or date-time. Returns empty if the text is malformed or the day does not exist.
   */
  public static Optional<Instant> parse(String text) {
    Matcher found = MOMENT.matcher(text);
    if (!found.matches()) {
      return Optional.empty();
    }
    try {
      LocalDate day = LocalDate.of(number(found, 1), number(found, 2), number(found, 3));
      LocalTime time =
          found.group(4) == null
              ? LocalTime.MIDNIGHT
              : LocalTime.of(number(found, 4), number(found, 5), number(found, 6), nanos(found));
      return Optional.of(LocalDateTime.of(day, time).toInstant(offset(found)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(Matcher found, int group) {
    String digits = found.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static int nanos(Matcher found) {
    String digits = found.group(7);
    return digits == null
        ? 0
        : Integer.parseInt(digits + "0".repeat(NANO_DIGITS - digits.length()));
  }

  private static ZoneOffset offset(Matcher found) {
    String offset = found.group(8);
    return offset == null || offset.equalsIgnoreCase("Z") || offset.equalsIgnoreCase("UTC")
        ? ZoneOffset.UTC
        : ZoneOffset.of(offset);
  }
}
