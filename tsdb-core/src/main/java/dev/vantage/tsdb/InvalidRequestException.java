package dev.vantage.tsdb;

/** An argument is out of its range. The message states the rule, then the values. */
public class InvalidRequestException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the rule, then the values
   */
  public InvalidRequestException(String message) {
    super(message);
  }
}
