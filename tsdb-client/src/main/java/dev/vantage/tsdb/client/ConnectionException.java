package dev.vantage.tsdb.client;

import dev.vantage.tsdb.TsdbException;

/**
 * The server cannot be reached, or the connection broke. The message says whether a write may have
 * been executed.
 */
public final class ConnectionException extends TsdbException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the rule, then the values
   */
  public ConnectionException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message the rule, then the values
   * @param cause the underlying failure
   */
  public ConnectionException(String message, Throwable cause) {
    super(message, cause);
  }
}
