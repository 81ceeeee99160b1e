package dev.vantage.tsdb;

/** Another series already has this id. */
public final class IdTakenException extends InvalidKeyException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the rule, then the values
   */
  public IdTakenException(String message) {
    super(message);
  }
}
