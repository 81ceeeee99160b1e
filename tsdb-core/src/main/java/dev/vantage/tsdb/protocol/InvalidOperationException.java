package dev.vantage.tsdb.protocol;

/** A request is not a JSON object, or names no operation that there is. */
public final class InvalidOperationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message the rule, then the values
   */
  public InvalidOperationException(String message) {
    super(message);
  }
}
