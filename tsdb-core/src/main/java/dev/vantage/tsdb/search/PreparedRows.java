package dev.vantage.tsdb.search;

/**
 * The prepared series, by ordinal. One thread at a time says which there are; any thread may read
 * those that a published state shows, without locks.
 */
interface PreparedRows {

  /**
   * A cursor for one thread.
   *
   * @param removed where rows are found that are stored no longer
   */
  RowCursor cursor(RemovedRows removed);

  /** Writes the row of a new ordinal. */
  void put(int ordinal, double[] row);

  /** Makes a place for a new ordinal whose row is read from the storage when it is needed. */
  void putStored(int ordinal);

  /** Takes note that the rows put so far are stored, or were given up. */
  void settle();

  /** The same rows under new ordinals. */
  PreparedRows packed(int[] oldOrdinals, Directory newDirectory);

  /** Whether a row that was read once stays in memory. */
  boolean isResident();

  long bytes();
}
