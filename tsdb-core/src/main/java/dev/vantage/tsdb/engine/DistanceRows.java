package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.index.IndexUpdate;
import dev.vantage.tsdb.store.DistanceRow;
import java.util.AbstractList;
import java.util.RandomAccess;

/**
 * The new distance rows of all series, each computed when it is stored, because all rows at once
 * would take as much memory as the index. Fails after the deadline. Not thread-safe.
 */
final class DistanceRows extends AbstractList<DistanceRow> implements RandomAccess {
  private static final int ROWS_PER_CHECK = 256;

  private final IndexUpdate update;
  private final int[] ordinals;
  private final Deadline deadline;

  DistanceRows(IndexUpdate update, int[] ordinals, Deadline deadline) {
    this.update = update;
    this.ordinals = ordinals;
    this.deadline = deadline;
  }

  @Override
  public DistanceRow get(int index) {
    if (index % ROWS_PER_CHECK == 0) {
      deadline.check();
    }
    return new DistanceRow(update.storageKey(ordinals[index]), update.distances(ordinals[index]));
  }

  @Override
  public int size() {
    return ordinals.length;
  }
}
