package dev.vantage.tsdb.protocol;

import dev.vantage.tsdb.TsdbException;

/** What a server sent is not a response of this protocol. */
public final class ProtocolException extends TsdbException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message the rule, then the values
   */
  public ProtocolException(String message) {
    super(message);
  }

  /**
   * Makes one with a cause.
   *
   * @param message the rule, then the values
   * @param cause what failed underneath
   */
  public ProtocolException(String message, Throwable cause) {
    super(message, cause);
  }
}
