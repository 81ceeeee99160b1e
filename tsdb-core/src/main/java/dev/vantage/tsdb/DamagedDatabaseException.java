package dev.vantage.tsdb;

/**
 * The stored data differs from the data that was written. The message names the file and the
 * damage.
 */
public final class DamagedDatabaseException extends StorageException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the rule, then the values
   */
  public DamagedDatabaseException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message the rule, then the values
   * @param cause the underlying failure
   */
  public DamagedDatabaseException(String message, Throwable cause) {
    super(message, cause);
  }
}
