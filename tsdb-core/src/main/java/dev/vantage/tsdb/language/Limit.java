package dev.vantage.tsdb.language;

import java.util.Locale;

/** What a program may use, counted from its beginning to its end. */
public enum Limit {
  /** Chars of the program's text. */
  PROGRAM(1 << 20, "chars"),
  /** Levels of forms, and of lists and records as values. */
  NESTING(200, "nesting"),
  /** Calls that are under way and not in tail position. */
  DEPTH(500, "depth"),
  /** Evaluated nodes, and elements that builtins look at. */
  STEPS(100_000_000, "steps"),
  /** Bytes of all values that were made, by a count of the language's own that only grows. */
  MEMORY(1 << 30, "bytes"),
  /** Rows of one table, and elements of a range. */
  ROWS(1_000_000, "rows"),
  /** Chars of one text. */
  TEXT(1 << 20, "chars"),
  /** Lines and bars of one plot. */
  PLOT(20, "lines"),
  /** Searches, each of a batch counted. */
  SEARCHES(100_000, "searches"),
  /** Requests to the database. */
  REQUESTS(10_000, "requests");

  private final long standard;
  private final String unit;

  Limit(long standard, String unit) {
    this.standard = standard;
    this.unit = unit;
  }

  /** {@return the code of the exception, such as {@code limit/steps}} */
  public String code() {
    return "limit/" + name().toLowerCase(Locale.ROOT);
  }

  /** {@return the limit of a program in a process; of memory at most a quarter of the heap} */
  public long standard() {
    return this == MEMORY ? Math.min(standard, Runtime.getRuntime().maxMemory() / 4) : standard;
  }

  /** Returns what messages call the counted things. */
  String unit() {
    return unit;
  }
}
