package dev.vantage.tsdb;

/** The server requires an access token, and the token is missing, wrong or revoked. */
public final class UnauthenticatedException extends TsdbException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the rule, then the values, without the token
   */
  public UnauthenticatedException(String message) {
    super(message);
  }
}
