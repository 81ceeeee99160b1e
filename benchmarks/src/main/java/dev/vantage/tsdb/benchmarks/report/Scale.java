package dev.vantage.tsdb.benchmarks.report;

import java.util.Locale;

/** The extent of a report. */
enum Scale {
  /** Minutes. */
  SMALL(0.9, 30),
  /** About two hours. */
  FULL(1.5, 150);

  private final double seconds;
  private final int minutes;

  Scale(double seconds, int minutes) {
    this.seconds = seconds;
    this.minutes = minutes;
  }

  /** Returns the time in seconds for queries to one engine in one collection. */
  double seconds() {
    return seconds;
  }

  /** Returns the time in minutes after which no job is started. */
  int minutes() {
    return minutes;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Scale ofLabel(String label) {
    for (Scale scale : values()) {
      if (scale.label().equals(label)) {
        return scale;
      }
    }
    throw new IllegalArgumentException("scale must be small or full: scale=" + label);
  }
}
