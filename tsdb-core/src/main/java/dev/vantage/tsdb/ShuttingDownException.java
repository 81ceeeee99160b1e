package dev.vantage.tsdb;

/** The database, its server or its client is closing or is closed. */
public final class ShuttingDownException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the rule, then the values
   */
  public ShuttingDownException(String message) {
    super(message);
  }
}
