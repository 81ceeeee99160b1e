package dev.vantage.tsdb.benchmarks.report;

import java.util.Locale;

/** How much is measured. */
enum Scale {
  /** Minutes. */
  SMALL(0.9, 30),
  /** Some two hours. */
  FULL(1.5, 150);

  private final double seconds;
  private final int minutes;

  Scale(double seconds, int minutes) {
    this.seconds = seconds;
    this.minutes = minutes;
  }

  /** How long queries to one engine in one collection are measured. */
  double seconds() {
    return seconds;
  }

  /** After so many minutes no job is begun any more. */
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
