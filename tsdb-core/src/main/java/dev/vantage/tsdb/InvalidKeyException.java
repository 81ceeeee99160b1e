package dev.vantage.tsdb;

/** The id is unknown, already taken, or already a vantage point. */
public class InvalidKeyException extends TsdbException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the rule, then the values
   */
  public InvalidKeyException(String message) {
    super(message);
  }
}
