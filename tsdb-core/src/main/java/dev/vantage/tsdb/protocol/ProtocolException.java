package dev.vantage.tsdb.protocol;

import dev.vantage.tsdb.TsdbException;

/** The server sent something other than a response of this protocol. */
public final class ProtocolException extends TsdbException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the rule, then the values
   */
  public ProtocolException(String message) {
    super(message);
  }

  /**
   * Creates the exception with a cause.
   *
   * @param message the rule, then the values
   * @param cause the underlying failure
   */
  public ProtocolException(String message, Throwable cause) {
    super(message, cause);
  }
}
