package dev.vantage.tsdb;

/** The storage cannot be used just now: it is locked, full, read-only or out of reach. */
public final class StorageUnavailableException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message the rule, then the values
   */
  public StorageUnavailableException(String message) {
    super(message);
  }

  /**
   * Makes one with a cause.
   *
   * @param message the rule, then the values
   * @param cause what failed underneath
   */
  public StorageUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
