package dev.vantage.tsdb;

/**
 * The directory, address or file that was given is at fault: it holds no database, or holds one
 * already, is no whole backup or export, exists and must not, or may not be used. Nothing was
 * changed.
 */
public final class InvalidLocationException extends StorageException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message the rule, then the values
   */
  public InvalidLocationException(String message) {
    super(message);
  }

  /**
   * Makes one with a cause.
   *
   * @param message the rule, then the values
   * @param cause what failed underneath
   */
  public InvalidLocationException(String message, Throwable cause) {
    super(message, cause);
  }
}
