package dev.vantage.tsdb;

/** An id cannot be used as asked: it is unknown, taken, or a vantage point already. */
public class InvalidKeyException extends TsdbException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message the rule, then the values
   */
  public InvalidKeyException(String message) {
    super(message);
  }
}
