package dev.vantage.tsdb.protocol;

/**
 * A request is not a JSON object, names no operation that there is, or one that is not allowed
 * here.
 */
public final class InvalidOperationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /**
   * Makes one for a malformed request.
   *
   * @param message the rule, then the values
   */
  public InvalidOperationException(String message) {
    this(Kind.MALFORMED, message);
  }

  /**
   * Makes one.
   *
   * @param kind what kind of failure it is, one whose status is INVALID_OPERATION
   * @param message the rule, then the values
   */
  public InvalidOperationException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** {@return what kind of failure it is} */
  public Kind kind() {
    return kind;
  }
}
