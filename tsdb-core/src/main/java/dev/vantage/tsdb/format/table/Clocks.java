package dev.vantage.tsdb.format.table;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Finds dates whose clock is in the field behind them. Thread-safe. */
public final class Clocks {
  private static final int DATE_LENGTH = 10;
  private static final Pattern CLOCK = Pattern.compile("[0-9]{1,2}:[0-9]{2}(:[0-9]{2}.*)?");

  private Clocks() {}

  /** Returns whether a field is a date without a clock. */
  public static boolean isDate(String field) {
    return field.length() == DATE_LENGTH && TimeText.isMoment(field);
  }

  /** Returns whether a field is a time of day. */
  public static boolean isClock(String field) {
    return CLOCK.matcher(field).matches();
  }

  /** Returns the index of the first clock behind a date with which it makes a date-time. */
  static OptionalInt find(List<String> fields) {
    for (int i = 1; i < fields.size(); i++) {
      String date = fields.get(i - 1);
      if (isDate(date) && TimeText.isMoment(date + " " + fields.get(i))) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** Joins a date with the clock behind it, if the fields have them. */
  static List<String> join(List<String> fields) {
    OptionalInt clock = find(fields);
    if (clock.isEmpty()) {
      return fields;
    }
    List<String> joined = new ArrayList<>(fields);
    String time = joined.remove(clock.getAsInt());
    joined.set(clock.getAsInt() - 1, fields.get(clock.getAsInt() - 1) + " " + time);
    return joined;
  }
}
