package dev.vantage.tsdb;

/** A valid call could not be served. The subclass says why. */
public class TsdbException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the rule, then the values
   */
  public TsdbException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message the rule, then the values
   * @param cause the underlying failure
   */
  public TsdbException(String message, Throwable cause) {
    super(message, cause);
  }
}
