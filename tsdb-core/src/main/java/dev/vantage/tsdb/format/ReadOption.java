package dev.vantage.tsdb.format;

import java.util.Locale;

/** The options for reading files. {@link FileFormat#uses} says which format takes which. */
public enum ReadOption {
  /** What separates fields. */
  SEPARATOR,
  /** The mark of decimals. */
  DECIMAL,
  /** The encoding of text without a byte order mark. */
  ENCODING,
  /** How many lines come before the data. */
  SKIP_LINES,
  /** The column of times. */
  TIME,
  /** The column of values. */
  VALUE,
  /** The column of ids. */
  ID,
  /** The column of class labels. */
  LABEL,
  /** What the first column of a wide file is. */
  FIRST_COLUMN,
  /** The column that splits a file, or one id, into several series. */
  GROUP_BY,
  /** The one series to read. */
  ONLY,
  /** The columns that become attributes. */
  ATTRIBUTE_COLUMNS,
  /** What becomes of missing values. */
  MISSING,
  /** Which rows to leave out. */
  DROP_IF,
  /** The period of all series. */
  PERIOD,
  /** The column of periods. */
  PERIOD_COLUMN,
  /** The periods by series, group or file. */
  PERIODS,
  /** The number of points of a window. */
  WINDOW,
  /** The number of points between the starts of windows. */
  STEP,
  /** The dimension to read of a series with several. */
  DIMENSION;

  /** {@return the option as users write it, such as {@code --skip-lines}} */
  public String option() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
