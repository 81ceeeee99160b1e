package dev.vantage.tsdb.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the reasons for which lines are refused, so that one reason is not printed for each of
 * many files. Not thread-safe.
 */
final class RepeatedReasons {
  /** How often one reason is printed. */
  private static final int MOST_PRINTED = 5;

  /** How many reasons are told apart. Messages with values of their own are all different. */
  private static final int MOST_REASONS = 1000;

  private final Map<String, Long> times = new LinkedHashMap<>();

  /** Counts a reason. Returns whether it is to be printed. */
  boolean isNew(String reason) {
    if (times.size() >= MOST_REASONS && !times.containsKey(reason)) {
      return true;
    }
    return times.merge(reason, 1L, Long::sum) <= MOST_PRINTED;
  }

  /** Returns a line for each reason that was not printed every time. */
  List<String> inWords() {
    return times.entrySet().stream()
        .filter(one -> one.getValue() > MOST_PRINTED)
        .map(
            one ->
                "refused "
                    + (one.getValue() - MOST_PRINTED)
                    + " times more: "
                    + one.getKey()
                    + "; hint: --rejects FILE lists all")
        .toList();
  }
}
