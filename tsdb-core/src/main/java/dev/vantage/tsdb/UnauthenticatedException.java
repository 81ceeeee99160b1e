package dev.vantage.tsdb;

/** A server wants a token, and was given none, a wrong one, or one that it no longer takes. */
public final class UnauthenticatedException extends TsdbException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message the rule, then the values, of which the token is none
   */
  public UnauthenticatedException(String message) {
    super(message);
  }
}
