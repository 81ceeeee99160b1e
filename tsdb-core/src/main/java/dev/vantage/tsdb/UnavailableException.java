package dev.vantage.tsdb;

/**
 * The database is too busy, closing or closed, or its storage cannot be used just now: it is
 * locked, full, read-only or out of reach. What was asked for had no effect unless the message says
 * that this is not known; trying again later is safe.
 */
public final class UnavailableException extends TsdbException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message the rule, then the values
   */
  public UnavailableException(String message) {
    super(message);
  }

  /**
   * Makes one with a cause.
   *
   * @param message the rule, then the values
   * @param cause what failed underneath
   */
  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
