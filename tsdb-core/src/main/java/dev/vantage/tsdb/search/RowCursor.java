package dev.vantage.tsdb.search;

/**
 * A place in the prepared series, moved from one to another. For one thread. What {@link #array}
 * gives may be overwritten by the next {@link #seek}.
 */
interface RowCursor {

  /**
   * Moves to a series, and makes its row readable.
   *
   * @throws RowGoneException if it is neither in memory nor in the storage
   */
  void seek(int ordinal);

  /** The array that holds the row; not to be changed. */
  double[] array();

  /** The first index of the row. */
  int offset();
}
