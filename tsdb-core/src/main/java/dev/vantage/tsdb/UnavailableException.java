package dev.vantage.tsdb;

/**
 * The database is too busy, or a subclass says what else: it is closed, its storage is away, or
 * somebody else writes to it. What was asked for had no effect; trying again later is safe.
 */
public class UnavailableException extends TsdbException {
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
  UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
