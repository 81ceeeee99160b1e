package dev.vantage.tsdb.cli;

import java.util.Locale;

/** The format in which an answer is printed. */
enum OutputFormat {
  /** Aligned columns, for people. */
  TABLE,
  /** One JSON document. */
  JSON,
  /** Comma-separated values with a header line. */
  CSV;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
