package dev.vantage.tsdb.series;

/** A string breaks a rule for ids of series; the message names the rule, then the value. */
public final class InvalidIdException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the rule, then the value
   */
  public InvalidIdException(String message) {
    super(message);
  }
}
