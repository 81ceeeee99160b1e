package dev.vantage.tsdb.index;

/** Reads and prepares series that an index does not hold in memory. Thread-safe. */
@FunctionalInterface
public interface RowLoader {

  /**
   * Prepares a stored series; the same series gives the same bits every time.
   *
   * @param storageKey the key of the series in the storage
   * @param row receives the row, from index 0
   * @return whether the storage has the series
   */
  boolean load(long storageKey, double[] row);
}
