package dev.vantage.tsdb;

/** No series has this id. */
public final class UnknownIdException extends InvalidKeyException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the rule, then the values
   */
  public UnknownIdException(String message) {
    super(message);
  }
}
