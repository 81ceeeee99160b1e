package dev.vantage.tsdb.format.table;

/** A row is not a valid series or point. Reading continues with the next row. */
public final class BadRowException extends Exception {
  private static final long serialVersionUID = 1L;

  public BadRowException(String reason) {
    // Without a stack trace: every row of a file may throw one, and the trace is never shown.
    super(reason, null, false, false);
  }
}
