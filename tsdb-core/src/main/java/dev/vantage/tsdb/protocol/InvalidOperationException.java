package dev.vantage.tsdb.protocol;

/** A request is not a JSON object, or its operation is missing, unknown or not allowed here. */
public final class InvalidOperationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /**
   * Creates the exception for a malformed request.
   *
   * @param message the rule, then the values
   */
  public InvalidOperationException(String message) {
    this(Kind.MALFORMED, message);
  }

  /**
   * Creates the exception.
   *
   * @param kind the kind of failure, with status INVALID_OPERATION
   * @param message the rule, then the values
   */
  public InvalidOperationException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** {@return the kind of failure} */
  public Kind kind() {
    return kind;
  }
}
