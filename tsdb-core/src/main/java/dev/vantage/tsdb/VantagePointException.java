package dev.vantage.tsdb;

/** The series is already a vantage point. */
public final class VantagePointException extends InvalidKeyException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the rule, then the values
   */
  public VantagePointException(String message) {
    super(message);
  }
}
