package dev.vantage.tsdb.index.table;

import java.util.Arrays;
import java.util.Objects;

/**
 * Rows of floats of one size, by ordinal, packed in blocks. Rows are written by one thread at a
 * time and never changed once a state that shows them is published, so readers need no locks.
 */
public final class FloatRows {
  /**
   * The approximate count of numbers per block: long enough to scan fast, short enough to waste
   * little.
   */
  private static final int BLOCK_NUMBERS = 1 << 15;

  private final int rowSize;
  private final int shift;
  private final int mask;
  private volatile float[][] blocks = new float[0][];

  public FloatRows(int rowSize) {
    this.rowSize = rowSize;
    int rows = Math.max(1, Integer.highestOneBit(BLOCK_NUMBERS / Math.max(1, rowSize)));
    shift = Integer.numberOfTrailingZeros(rows);
    mask = rows - 1;
  }

  public int rowSize() {
    return rowSize;
  }

  /** Returns the array that holds a row, from {@link #offset}. */
  public float[] block(int ordinal) {
    return blocks[ordinal >>> shift];
  }

  public int offset(int ordinal) {
    return (ordinal & mask) * rowSize;
  }

  /** Returns the number of contiguous rows from a row on, itself included. */
  public int rowsFrom(int ordinal) {
    return mask + 1 - (ordinal & mask);
  }

  public void set(int ordinal, float[] source, int from) {
    System.arraycopy(source, from, blockToWrite(ordinal), offset(ordinal), rowSize);
  }

  /**
   * Reserves space for rows without allocating their arrays. Several threads may then allocate the
   * arrays, each array by one thread.
   */
  public void reserve(int rows) {
    int needed = (rows + mask) >>> shift;
    if (needed > blocks.length) {
      blocks = Arrays.copyOf(blocks, needed);
    }
  }

  /** Returns the array for a new row; allocates it if necessary. */
  public float[] blockToWrite(int ordinal) {
    reserve(ordinal + 1);
    int number = ordinal >>> shift;
    float[][] all = blocks;
    if (all[number] == null) {
      all[number] = new float[(mask + 1) * rowSize];
      blocks = all; // publishes to readers without locks
    }
    return all[number];
  }

  public long bytes() {
    // A block without live ordinals may not be allocated.
    return Arrays.stream(blocks)
        .filter(Objects::nonNull)
        .mapToLong(block -> (long) block.length * Float.BYTES)
        .sum();
  }
}
