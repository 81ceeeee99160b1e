package dev.vantage.tsdb.search;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Prepared series that are read from the storage each time. Only those of an update under way,
 * which are not stored yet, are in memory.
 */
final class StoredRows implements PreparedRows {
  private final int rowSize;
  private final RowSource source;
  private final Map<Integer, double[]> pending = new ConcurrentHashMap<>();

  StoredRows(int rowSize, RowSource source) {
    this.rowSize = rowSize;
    this.source = source;
  }

  @Override
  public RowCursor cursor(RemovedRows removed) {
    return new Cursor(removed);
  }

  @Override
  public void put(int ordinal, double[] row) {
    pending.put(ordinal, row);
  }

  @Override
  public void putStored(int ordinal) {
    pending.remove(ordinal);
  }

  @Override
  public void settle() {
    pending.clear();
  }

  @Override
  public PreparedRows packed(int[] oldOrdinals, Directory newDirectory) {
    return new StoredRows(rowSize, source.of(newDirectory));
  }

  @Override
  public boolean isResident() {
    return false;
  }

  @Override
  public long bytes() {
    return (long) pending.size() * rowSize * Double.BYTES;
  }

  private final class Cursor implements RowCursor {
    private static final int NOWHERE = -1;
    private final RemovedRows removed;
    private double[] own = {};
    private double[] row = own;
    private int position = NOWHERE;

    Cursor(RemovedRows removed) {
      this.removed = removed;
    }

    @Override
    public void seek(int ordinal) {
      if (ordinal == position) {
        return;
      }
      double[] waiting = pending.get(ordinal);
      if (waiting == null) {
        position = NOWHERE; // if this fails, the row is neither the old one nor the new
        if (own.length == 0) {
          own = new double[rowSize];
        }
        source.load(ordinal, removed, own);
        waiting = own;
      }
      row = waiting;
      position = ordinal;
    }

    @Override
    public double[] array() {
      return row;
    }

    @Override
    public int offset() {
      return 0;
    }
  }
}
