package dev.vantage.tsdb.index.table;

import java.util.Arrays;
import java.util.Objects;

/**
 * Rows of floats of one size, by ordinal, packed in blocks. Rows are written by one thread at a
 * time and never changed once a state that shows them is published, so that they are read without
 * locks.
 */
public final class FloatRows {
  /** Blocks hold about this many numbers: large enough to scan, small enough not to waste. */
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

  /** The array that holds a row, from {@link #offset}. */
  public float[] block(int ordinal) {
    return blocks[ordinal >>> shift];
  }

  public int offset(int ordinal) {
    return (ordinal & mask) * rowSize;
  }

  /** How many rows are in one piece from a row on, itself included. */
  public int rowsFrom(int ordinal) {
    return mask + 1 - (ordinal & mask);
  }

  public void set(int ordinal, float[] source, int from) {
    System.arraycopy(source, from, blockToWrite(ordinal), offset(ordinal), rowSize);
  }

  /**
   * Makes room for rows, without making the arrays that hold them: these may then be made by
   * several threads, as long as each is made by one.
   */
  public void reserve(int rows) {
    int needed = (rows + mask) >>> shift;
    if (needed > blocks.length) {
      blocks = Arrays.copyOf(blocks, needed);
    }
  }

  /** The array that will hold a row, made if need be. */
  public float[] blockToWrite(int ordinal) {
    reserve(ordinal + 1);
    int number = ordinal >>> shift;
    float[][] all = blocks;
    if (all[number] == null) {
      all[number] = new float[(mask + 1) * rowSize];
      blocks = all; // for those who read without locks
    }
    return all[number];
  }

  public long bytes() {
    // A block in which no ordinal is live may never have been made.
    return Arrays.stream(blocks)
        .filter(Objects::nonNull)
        .mapToLong(block -> (long) block.length * Float.BYTES)
        .sum();
  }
}
