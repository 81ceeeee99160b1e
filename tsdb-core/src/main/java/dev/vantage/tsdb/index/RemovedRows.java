package dev.vantage.tsdb.index;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of series that an update removed, for searches that began before it and still see them.
 *
 * <p>Each state has such an object, which refers to the objects of later states but not of earlier
 * ones. So rows become garbage when the last search that began before their removal ends.
 */
final class RemovedRows {
  /** By storage key, which is never reused. */
  private volatile Map<Long, double[]> rows = Map.of();

  private volatile @Nullable RemovedRows later;

  /**
   * Keeps rows that are about to be removed from the storage. Replaces rows kept for an earlier
   * removal that failed.
   */
  void keep(Map<Long, double[]> removed) {
    rows = removed;
  }

  /** Returns the removed rows of the next state. */
  RemovedRows next() {
    RemovedRows next = new RemovedRows();
    later = next;
    return next;
  }

  /** Copies a row; returns false if it is not here. */
  boolean load(long storageKey, double[] row) {
    for (RemovedRows node = this; node != null; node = node.later) {
      double[] kept = node.rows.get(storageKey);
      if (kept != null) {
        System.arraycopy(kept, 0, row, 0, row.length);
        return true;
      }
    }
    return false;
  }
}
