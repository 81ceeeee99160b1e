package dev.vantage.tsdb;

/** The database is too busy, closing or closed; trying again later is safe. */
public final class UnavailableException extends TsdbException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message the rule, then the values
   */
  public UnavailableException(String message) {
    super(message);
  }
}
