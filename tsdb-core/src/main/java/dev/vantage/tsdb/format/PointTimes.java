package dev.vantage.tsdb.format;

import dev.vantage.tsdb.format.table.BadRowException;
import dev.vantage.tsdb.format.table.DecimalMark;
import dev.vantage.tsdb.format.table.Numbers;
import dev.vantage.tsdb.format.table.TimeText;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Parses the times of a file, which are all numbers or all dates. Not thread-safe. Dates become
 * seconds since the first one that was parsed.
 */
final class PointTimes {
  private static final double NANOS = 1e9;

  private final DecimalMark mark;
  private Optional<Instant> first = Optional.empty();
  private boolean hasNumbers;

  PointTimes(DecimalMark mark) {
    this.mark = mark;
  }

  double parse(String text, Supplier<String> name) throws BadRowException {
    if (!TimeText.isMoment(text)) {
      if (first.isPresent() && !Numbers.isMissing(text)) {
        throw new BadRowException(
            "times must be all dates or all numbers: text=" + Numbers.quote(text));
      }
      double number = number(text, name);
      hasNumbers = true;
      return number;
    }
    if (hasNumbers) {
      throw new BadRowException(
          "times must be all dates or all numbers: text=" + Numbers.quote(text));
    }
    Instant moment =
        TimeText.parse(text)
            .orElseThrow(
                () ->
                    new BadRowException(
                        name.get()
                            + " must be a date of the calendar: text="
                            + Numbers.quote(text)));
    if (first.isEmpty()) {
      first = Optional.of(moment);
    }
    Duration since = Duration.between(first.get(), moment);
    return since.getSeconds() + since.getNano() / NANOS;
  }

  private double number(String text, Supplier<String> name) throws BadRowException {
    boolean looksLikeDate =
        !Numbers.isMissing(text)
            && !Numbers.isNumber(text, mark)
            && !text.isEmpty()
            && Character.isDigit(text.charAt(0))
            && text.chars().anyMatch(c -> c == '/' || c == ':' || c == '-');
    if (looksLikeDate) {
      throw new BadRowException(
          name.get()
              + " must be a number, or a date such as 2012-10-12 00:30:00: text="
              + Numbers.quote(text));
    }
    return Numbers.parse(text, mark, name);
  }

  /**
   * Makes the earliest date of a series time 0, and returns it; empty if times are numbers.
   *
   * @param at the times of the series, as they were parsed; changed
   */
  Optional<Instant> sinceEarliest(double[] at) {
    if (first.isEmpty() || at.length == 0) {
      return first;
    }
    double earliest = Arrays.stream(at).min().orElseThrow();
    Arrays.setAll(at, i -> at[i] - earliest);
    return first.map(date -> date.plusNanos(Math.round(earliest * NANOS)));
  }
}
