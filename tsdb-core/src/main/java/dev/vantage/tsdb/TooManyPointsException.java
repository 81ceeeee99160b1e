package dev.vantage.tsdb;

/** A series has more points than the server accepts. */
public final class TooManyPointsException extends InvalidRequestException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the rule, then the values
   */
  public TooManyPointsException(String message) {
    super(message);
  }
}
