package dev.vantage.tsdb.format;

/** Something about a file makes it pointless to read on. */
final class BadFileException extends Exception {
  private static final long serialVersionUID = 1L;

  private final long line;

  BadFileException(long line, String reason) {
    super(reason);
    this.line = line;
  }

  long line() {
    return line;
  }

  /** A file in which nothing was found, up to its last line. */
  static BadFileException withoutData(long lastLine) {
    return new BadFileException(
        Math.max(1, lastLine), "file must have at least 1 row of data: rows=0, lines=" + lastLine);
  }
}
