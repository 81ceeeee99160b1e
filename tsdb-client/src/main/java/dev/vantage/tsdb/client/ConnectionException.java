package dev.vantage.tsdb.client;

import dev.vantage.tsdb.TsdbException;

/**
 * The server could not be reached, or went away. Where a write may have been carried out all the
 * same, the message says that its outcome is unknown.
 */
public final class ConnectionException extends TsdbException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message the rule, then the values
   */
  public ConnectionException(String message) {
    super(message);
  }

  /**
   * Makes one with a cause.
   *
   * @param message the rule, then the values
   * @param cause what failed underneath
   */
  public ConnectionException(String message, Throwable cause) {
    super(message, cause);
  }
}
