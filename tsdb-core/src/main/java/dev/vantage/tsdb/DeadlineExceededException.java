package dev.vantage.tsdb;

/** The call took longer than its timeout. It had no effect. */
public final class DeadlineExceededException extends TsdbException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the rule, then the values
   */
  public DeadlineExceededException(String message) {
    super(message);
  }
}
