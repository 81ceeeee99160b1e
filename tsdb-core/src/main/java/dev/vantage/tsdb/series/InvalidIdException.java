package dev.vantage.tsdb.series;

/** A text cannot be the id of a series; the message names the rule, then the value. */
public final class InvalidIdException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message the rule, then the value
   */
  public InvalidIdException(String message) {
    super(message);
  }
}
