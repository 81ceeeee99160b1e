package dev.vantage.tsdb.format;

import java.util.Objects;

/**
 * The line where a series begins. Immutable.
 *
 * @param file the file, as named to the reader, with the member of an archive
 * @param number the line, counted from 1
 * @param text the characters of the line
 */
public record SourceLine(String file, long number, String text) {
  public SourceLine {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(text, "text");
  }

  /** {@return {@code file:line}} */
  @Override
  public String toString() {
    return file + ":" + number;
  }
}
