package dev.vantage.tsdb;

/** The write was refused because the database was opened read-only. */
public final class ReadOnlyException extends TsdbException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the rule, then the values
   */
  public ReadOnlyException(String message) {
    super(message);
  }
}
