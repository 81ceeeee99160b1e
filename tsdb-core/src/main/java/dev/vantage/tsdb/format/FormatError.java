package dev.vantage.tsdb.format;

import java.util.Objects;

/**
 * The reason why a line of a file, or the whole file, is rejected. Immutable.
 *
 * @param file the file, as named to the reader
 * @param line the line, counted from 1; for an error of the whole file, the line where it was found
 * @param reason the rule, then the values that break it
 * @param text the characters of the line; empty for an error of the whole file
 * @param series how many series are refused because of this error, beyond those that an earlier
 *     error of the same file refused
 */
public record FormatError(String file, long line, String reason, String text, int series) {
  public FormatError {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(text, "text");
  }

  /**
   * Creates the error of a line that belongs to no series.
   *
   * @param file the file
   * @param line the line, counted from 1
   * @param reason the rule, then the values that break it
   */
  public FormatError(String file, long line, String reason) {
    this(file, line, reason, "", 0);
  }

  /** {@return {@code file:line: reason}, as compilers write errors} */
  @Override
  public String toString() {
    return file + ":" + line + ": " + reason;
  }
}
