package dev.vantage.tsdb.format;

import java.util.Objects;

/**
 * The line where a series begins. Immutable.
 *
 * @param file the file, as named to the reader, with the member of an archive
 * @param number the line, counted from 1
 * @param text the characters of the line
 * @param window the id of the series, if it is a window; else empty
 */
public record SourceLine(String file, long number, String text, String window) {
  public SourceLine {
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(text, "text");
  }

  /**
   * Creates the line of a series that is no window.
   *
   * @param file the file, as named to the reader
   * @param number the line, counted from 1
   * @param text the characters of the line
   */
  public SourceLine(String file, long number, String text) {
    this(file, number, text, "");
  }

  /** {@return {@code file:line}, with the id of a window in brackets} */
  @Override
  public String toString() {
    return file + ":" + number + (window.isEmpty() ? "" : " (" + window + ")");
  }
}
