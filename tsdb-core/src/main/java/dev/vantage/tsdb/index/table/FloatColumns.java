package dev.vantage.tsdb.index.table;

import dev.vantage.tsdb.metric.LowerBound;
import java.util.Arrays;
import java.util.Objects;

/**
 * Rows of floats of one size, by ordinal, stored by columns: in blocks of {@link #LANES} rows, in
 * which number j of row i is at {@code j * LANES + i}. A loop over a column reads consecutive
 * numbers, and a block is contiguous in memory. Rows are written by one thread at a time and never
 * changed once a state that shows them is published, so readers need no locks.
 */
public final class FloatColumns {
  /** The number of rows per block. */
  public static final int LANES = LowerBound.Evaluator.LANES;

  /** The number of floats per cache line. */
  public static final int FLOATS_PER_LINE = 16;

  private static final int SHIFT = Integer.numberOfTrailingZeros(LANES);

  private final int columns;
  private volatile float[][] blocks = new float[0][];

  public FloatColumns(int columns) {
    this.columns = columns;
  }

  public int columns() {
    return columns;
  }

  public static int block(int ordinal) {
    return ordinal >>> SHIFT;
  }

  public static int lane(int ordinal) {
    return ordinal & (LANES - 1);
  }

  /** Returns the numbers of a block that has live ordinals; must not be changed. */
  public float[] numbers(int block) {
    return blocks[block];
  }

  /** Returns one number of a row. */
  public float number(int ordinal, int column) {
    return blocks[block(ordinal)][column * LANES + lane(ordinal)];
  }

  /**
   * Prefetches part of a block, if the block exists. Reading in the order of memory is faster than
   * reading many columns at once.
   *
   * @param part the number of the part, from 0
   * @param parts the number of parts
   * @return a sum, so that the compiler keeps the reads
   */
  public float fetch(int block, int part, int parts) {
    if (block >= blocks.length || blocks[block] == null) {
      return 0;
    }
    float[] numbers = blocks[block];
    int end = (part + 1) * numbers.length / parts;
    float sum = 0;
    for (int i = part * numbers.length / parts; i < end; i += FLOATS_PER_LINE) {
      sum += numbers[i];
    }
    return sum;
  }

  public void set(int ordinal, float[] row) {
    float[] block = blockToWrite(ordinal);
    int lane = lane(ordinal);
    for (int column = 0; column < columns; column++) {
      block[column * LANES + lane] = row[column];
    }
  }

  public void get(int ordinal, float[] row) {
    float[] block = blocks[block(ordinal)];
    int lane = lane(ordinal);
    for (int column = 0; column < columns; column++) {
      row[column] = block[column * LANES + lane];
    }
  }

  /**
   * Reserves space for rows without allocating their blocks. Several threads may then allocate the
   * blocks, each block by one thread.
   */
  public void reserve(int rows) {
    int needed = block(rows + LANES - 1);
    if (needed > blocks.length) {
      blocks = Arrays.copyOf(blocks, needed);
    }
  }

  /** Returns the numbers of the block for a new row; allocates the block if necessary. */
  public float[] blockToWrite(int ordinal) {
    int number = block(ordinal);
    float[][] all = blocks;
    if (number >= all.length) {
      all = Arrays.copyOf(all, number + 1 + (number >> 3));
    }
    if (all[number] == null) {
      all[number] = new float[columns * LANES];
      blocks = all; // publishes to readers without locks
    }
    return all[number];
  }

  public long bytes() {
    return Arrays.stream(blocks).filter(Objects::nonNull).count()
        * ((long) columns * LANES * Float.BYTES + 24);
  }
}
