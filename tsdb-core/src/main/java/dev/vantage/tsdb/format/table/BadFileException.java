package dev.vantage.tsdb.format.table;

/** The rest of a file cannot be read. */
public final class BadFileException extends Exception {
  private static final long serialVersionUID = 1L;

  private final long line;

  public BadFileException(long line, String reason) {
    super(reason);
    this.line = line;
  }

  public long line() {
    return line;
  }

  /** Returns the exception for a file without data. */
  public static BadFileException withoutData(long lastLine) {
    return new BadFileException(
        Math.max(1, lastLine), "file must have at least 1 row of data: rows=0, lines=" + lastLine);
  }
}
