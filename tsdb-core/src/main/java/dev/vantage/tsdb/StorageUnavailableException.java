package dev.vantage.tsdb;

/** The storage cannot be used now: it is locked, full, read-only or unreachable. */
public final class StorageUnavailableException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the rule, then the values
   */
  public StorageUnavailableException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message the rule, then the values
   * @param cause the underlying failure
   */
  public StorageUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
