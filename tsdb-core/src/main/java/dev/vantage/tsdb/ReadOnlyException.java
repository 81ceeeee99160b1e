package dev.vantage.tsdb;

/** The database was opened for reading only. */
public final class ReadOnlyException extends TsdbException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message the rule, then the values
   */
  public ReadOnlyException(String message) {
    super(message);
  }
}
