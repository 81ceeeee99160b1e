package dev.vantage.tsdb.format;

/** A row is not a series, or not a point of one; reading goes on with the next. */
final class BadRowException extends Exception {
  private static final long serialVersionUID = 1L;

  BadRowException(String reason) {
    // There may be one a row and nobody sees the trace.
    super(reason, null, false, false);
  }
}
