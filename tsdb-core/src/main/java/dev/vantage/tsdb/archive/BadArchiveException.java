package dev.vantage.tsdb.archive;

/** A file cannot be read as the export of a database. */
public final class BadArchiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * The file is damaged, is something else, or is beyond what this version can read.
   *
   * @param message the rule, then the values
   */
  public BadArchiveException(String message) {
    super(message);
  }

  /**
   * The file is damaged, is something else, or is beyond what this version can read.
   *
   * @param message the rule, then the values
   * @param cause what failed underneath
   */
  public BadArchiveException(String message, Throwable cause) {
    super(message, cause);
  }
}
