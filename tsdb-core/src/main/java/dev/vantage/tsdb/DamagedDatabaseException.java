package dev.vantage.tsdb;

/** The stored data is not what was written; the message names the file and what is wrong. */
public final class DamagedDatabaseException extends StorageException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message the rule, then the values
   */
  public DamagedDatabaseException(String message) {
    super(message);
  }

  /**
   * Makes one with a cause.
   *
   * @param message the rule, then the values
   * @param cause what failed underneath
   */
  public DamagedDatabaseException(String message, Throwable cause) {
    super(message, cause);
  }
}
