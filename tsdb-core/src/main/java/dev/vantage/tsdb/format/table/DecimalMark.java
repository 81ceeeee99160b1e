package dev.vantage.tsdb.format.table;

/** The mark between the whole and the fractional digits of a number. */
public enum DecimalMark {
  /** A point, as in {@code 17.2}. */
  POINT,
  /** A comma, as in {@code 17,2}. */
  COMMA
}
