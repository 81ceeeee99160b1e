package dev.vantage.tsdb.store;

/** A storage operation failed. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The kinds of failure. */
  public enum Kind {
    /** Another process, or another part of this one, has the database open for writing. */
    IN_USE,
    /** The stored data differs from the data that was written. */
    DAMAGED,
    /** The database cannot be reached now; trying again later may succeed. */
    UNAVAILABLE,
    /**
     * The opened database is gone, or another database is in its place; it must be opened again.
     */
    REPLACED,
    /** The call reached its time limit and had no effect. */
    INTERRUPTED,
    /** A change failed while it was being committed, and it is unknown whether it is stored. */
    OUTCOME_UNKNOWN,
    /**
     * The given location or file is unusable: no such database, a database already exists, no
     * permission, or an incomplete backup.
     */
    INVALID_LOCATION,
    /** Any other failure. */
    FAILED
  }

  private final Kind kind;

  /**
   * Creates an exception.
   *
   * @param kind what kind of failure it is
   * @param message the rule, then the values
   */
  public StoreException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /**
   * Creates an exception with a cause.
   *
   * @param kind what kind of failure it is
   * @param message the rule, then the values
   * @param cause what failed underneath
   */
  public StoreException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** {@return the kind of failure} */
  public Kind kind() {
    return kind;
  }
}
