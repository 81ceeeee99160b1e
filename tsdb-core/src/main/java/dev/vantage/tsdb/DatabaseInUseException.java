package dev.vantage.tsdb;

/** Another process, or another part of this one, has the database open for writing. */
public final class DatabaseInUseException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message the rule, then the values
   */
  public DatabaseInUseException(String message) {
    super(message);
  }
}
