package dev.vantage.tsdb;

/** The database or its distance cannot do what was asked for. */
public final class UnsupportedRequestException extends TsdbException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the rule, then the values
   */
  public UnsupportedRequestException(String message) {
    super(message);
  }
}
