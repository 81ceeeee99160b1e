package dev.vantage.tsdb.format;

/**
 * Why a row of a file, or all of it, is not read.
 *
 * @param file the file, as it was named to the reader
 * @param line the line, counted from 1; where the file as a whole is at fault, the line where that
 *     was noticed
 * @param reason the rule, then the values that break it
 */
public record FormatError(String file, long line, String reason) {
  /** {@return file, line and reason, as compilers write them} */
  @Override
  public String toString() {
    return file + ":" + line + ": " + reason;
  }
}
