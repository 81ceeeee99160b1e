package dev.vantage.tsdb;

/** The database is open for writing elsewhere, in this process or in another. */
public final class DatabaseInUseException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the rule, then the values
   */
  public DatabaseInUseException(String message) {
    super(message);
  }
}
