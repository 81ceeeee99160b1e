package dev.vantage.tsdb.format;

import java.util.Objects;

/**
 * The reason why a row of a file, or the whole file, is rejected. Immutable.
 *
 * @param file the file, as named to the reader
 * @param line the line, counted from 1; for an error of the whole file, the line where it was found
 * @param reason the rule, then the values that break it
 */
public record FormatError(String file, long line, String reason) {
  public FormatError {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(reason, "reason");
  }

  /** {@return {@code file:line: reason}, as compilers write errors} */
  @Override
  public String toString() {
    return file + ":" + line + ": " + reason;
  }
}
