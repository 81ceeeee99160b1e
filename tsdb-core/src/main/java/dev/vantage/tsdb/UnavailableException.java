package dev.vantage.tsdb;

/**
 * The database cannot serve the call now. It is too busy, or a subclass names another reason: it is
 * closed, its storage is unreachable, or another process writes to it. The call had no effect and
 * may safely be tried again.
 */
public class UnavailableException extends TsdbException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the rule, then the values
   */
  public UnavailableException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message the rule, then the values
   * @param cause the underlying failure
   */
  UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
