package dev.vantage.tsdb;

/**
 * A write failed in a way that leaves open whether it was stored. It may be tried again where it
 * does no harm to do it twice; or be looked for first.
 */
public final class OutcomeUnknownException extends TsdbException {
  private static final long serialVersionUID = 1L;

  /** How every message of this begins. */
  public static final String RULE = "it is not known whether the change is stored";

  /**
   * Makes one.
   *
   * @param message the rule, then the values
   */
  public OutcomeUnknownException(String message) {
    super(message);
  }

  /**
   * Makes one with a cause.
   *
   * @param message the rule, then the values
   * @param cause what failed underneath
   */
  public OutcomeUnknownException(String message, Throwable cause) {
    super(message, cause);
  }
}
