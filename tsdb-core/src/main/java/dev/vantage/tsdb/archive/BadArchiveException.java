package dev.vantage.tsdb.archive;

/** A file cannot be read as the export of a database. */
public final class BadArchiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean damage;

  /**
   * The file is damaged, or is something else.
   *
   * @param message the rule, then the values
   */
  public BadArchiveException(String message) {
    super(message);
    damage = true;
  }

  /**
   * The file is damaged, or is something else.
   *
   * @param message the rule, then the values
   * @param cause what failed underneath
   */
  public BadArchiveException(String message, Throwable cause) {
    this(message, cause, true);
  }

  private BadArchiveException(String message, Throwable cause, boolean damage) {
    super(message, cause);
    this.damage = damage;
  }

  /**
   * The file may be good, and cannot be read here.
   *
   * @param message the rule, then the values
   * @return the exception
   */
  static BadArchiveException beyondUs(String message) {
    return new BadArchiveException(message, null, false);
  }

  /** {@return whether the file is not what was written} */
  public boolean isDamage() {
    return damage;
  }
}
