package dev.vantage.tsdb.engine;

/** A write that is committed together with others. Used by one thread at a time. */
interface QueuedWrite {
  /** What became of a write that was to join a group. */
  enum Joined {
    /** It ends when the group is stored. */
    YES,
    /** It must wait for the next group, because it depends on what this group changes. */
    LATER,
    /** It has ended: it has nothing to store. */
    ENDED
  }

  /**
   * Adds this write to a group, or says why not. The first write of a group never has to wait.
   *
   * @throws RuntimeException if it is refused
   */
  Joined join(InsertCommit group);

  /** {@return how many series it writes} */
  int series();

  /** {@return how many points these have} */
  long points();
}
