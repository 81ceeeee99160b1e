package dev.vantage.tsdb.series;

/** An attribute's name or value breaks a rule; the message names the rule, then the value. */
public final class InvalidAttributeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the rule, then the value
   */
  public InvalidAttributeException(String message) {
    super(message);
  }
}
