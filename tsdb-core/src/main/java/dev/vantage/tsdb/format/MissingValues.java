package dev.vantage.tsdb.format;

import java.util.Locale;

/**
 * What becomes of missing values: empty fields, {@code NaN}, {@code null}, {@code NA}, {@code -},
 * {@code ?}.
 */
public enum MissingValues {
  /** A point without a value is left out and counted; for files with one point in a row. */
  DROP,
  /**
   * Values inside a series are interpolated linearly between their neighbors; for files with one
   * series in a row.
   */
  INTERPOLATE,
  /** A series that lacks a value is refused. */
  REFUSE;

  /** {@return the name that users write, in lower case} */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
