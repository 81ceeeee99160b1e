package dev.vantage.tsdb;

/**
 * The storage underneath failed, or does not hold what it should. What may pass is an {@link
 * UnavailableException} instead.
 */
public class StorageException extends TsdbException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message the rule, then the values
   */
  public StorageException(String message) {
    super(message);
  }

  /**
   * Makes one with a cause.
   *
   * @param message the rule, then the values
   * @param cause what failed underneath
   */
  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
