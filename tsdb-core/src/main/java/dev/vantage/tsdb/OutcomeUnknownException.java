package dev.vantage.tsdb;

/**
 * A write failed, and it is not known whether it was stored. Retry it if storing it twice does no
 * harm; otherwise check first whether it was stored.
 */
public final class OutcomeUnknownException extends TsdbException {
  private static final long serialVersionUID = 1L;

  /** The beginning of every message of this exception. */
  public static final String RULE = "it is not known whether the change is stored";

  /**
   * Creates an exception.
   *
   * @param message the rule, then the values
   */
  public OutcomeUnknownException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message the rule, then the values
   * @param cause the underlying failure
   */
  public OutcomeUnknownException(String message, Throwable cause) {
    super(message, cause);
  }
}
