package dev.vantage.tsdb.engine;

/**
 * A write that is committed together with others. Not thread-safe: used by one thread at a time.
 */
interface QueuedWrite {
  /** The result of joining a group. */
  enum Joined {
    /** The write joined, and ends when the group is stored. */
    YES,
    /** The write must wait for the next group, because it depends on a change of this group. */
    LATER,
    /** The write has ended, because it has nothing to store. */
    ENDED
  }

  /**
   * Joins a group. The first write of a group never has to wait.
   *
   * @throws RuntimeException if it is refused
   */
  Joined join(InsertCommit group);

  /** {@return the number of series in this write} */
  int series();

  /** {@return the number of points in this write} */
  long points();
}
