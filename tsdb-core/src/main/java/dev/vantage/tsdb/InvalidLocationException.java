package dev.vantage.tsdb;

/**
 * The given directory, address or file is unsuitable: it holds no database, already holds one, is
 * not a complete backup or export, exists but must not, or may not be accessed. Nothing was
 * changed.
 */
public final class InvalidLocationException extends StorageException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the rule, then the values
   */
  public InvalidLocationException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message the rule, then the values
   * @param cause the underlying failure
   */
  public InvalidLocationException(String message, Throwable cause) {
    super(message, cause);
  }
}
