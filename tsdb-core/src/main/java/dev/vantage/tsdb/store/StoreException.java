package dev.vantage.tsdb.store;

/** The storage cannot do what was asked. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The kinds of failure. */
  public enum Kind {
    /** Another process, or another part of this one, has the database open for writing. */
    IN_USE,
    /** What is stored is not what was written. */
    DAMAGED,
    /** The database cannot be reached just now; trying again later may succeed. */
    UNAVAILABLE,
    /** What was opened is gone, or another database is in its place; it must be opened again. */
    REPLACED,
    /** The time of the call was over before the work was done, which had no effect. */
    INTERRUPTED,
    /**
     * A change failed while it was being committed, and whether it is stored cannot be found out.
     */
    OUTCOME_UNKNOWN,
    /**
     * The place or file that was given is at fault: no such database, one already, no permission,
     * no whole backup.
     */
    INVALID_LOCATION,
    /** Anything else. */
    FAILED
  }

  private final Kind kind;

  /**
   * Makes one.
   *
   * @param kind what kind of failure it is
   * @param message the rule, then the values
   */
  public StoreException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /**
   * Makes one with a cause.
   *
   * @param kind what kind of failure it is
   * @param message the rule, then the values
   * @param cause what failed underneath
   */
  public StoreException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** {@return what kind of failure it is} */
  public Kind kind() {
    return kind;
  }
}
