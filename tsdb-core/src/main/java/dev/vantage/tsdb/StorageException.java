package dev.vantage.tsdb;

/**
 * The storage failed, or its content is not as expected. A failure that may pass by itself is an
 * {@link UnavailableException} instead.
 */
public class StorageException extends TsdbException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the rule, then the values
   */
  public StorageException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message the rule, then the values
   * @param cause the underlying failure
   */
  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
