package dev.vantage.tsdb.series;

/** The points of a series break a rule; the message names the rule, then the values. */
public final class InvalidSeriesException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the rule, then the values
   */
  public InvalidSeriesException(String message) {
    super(message);
  }
}
