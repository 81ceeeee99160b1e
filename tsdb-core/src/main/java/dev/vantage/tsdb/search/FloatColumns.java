package dev.vantage.tsdb.search;

import dev.vantage.tsdb.metric.LowerBound;
import java.util.Arrays;
import java.util.Objects;

/**
 * Rows of floats of one size, by ordinal, kept by columns: in blocks of {@link #LANES} rows, each
 * column of a block an array of its own, so that a loop over a column reads it from end to end.
 * Rows are written by one thread at a time and never changed once a state that shows them is
 * published, so that they are read without locks.
 */
final class FloatColumns {
  /** Rows per block. */
  static final int LANES = LowerBound.Evaluator.LANES;

  /** Of the cache. */
  private static final int FLOATS_PER_LINE = 16;

  private static final int SHIFT = Integer.numberOfTrailingZeros(LANES);

  private final int columns;
  private volatile float[][][] blocks = new float[0][][];

  FloatColumns(int columns) {
    this.columns = columns;
  }

  int columns() {
    return columns;
  }

  static int block(int ordinal) {
    return ordinal >>> SHIFT;
  }

  static int lane(int ordinal) {
    return ordinal & (LANES - 1);
  }

  /** The columns of a block, which is there if any of its ordinals is live; not to be changed. */
  float[][] columns(int block) {
    return blocks[block];
  }

  /**
   * Reads a block through, if there is one, so that it is in the cache when it is used: the memory
   * is faster in its own order than in that of many columns at once.
   *
   * @return some sum
   */
  float fetch(int block) {
    if (block >= blocks.length || blocks[block] == null) {
      return 0;
    }
    float sum = 0;
    for (float[] column : blocks[block]) {
      for (int lane = 0; lane < LANES; lane += FLOATS_PER_LINE) {
        sum += column[lane];
      }
    }
    return sum;
  }

  void set(int ordinal, float[] row) {
    float[][] block = blockToWrite(ordinal);
    int lane = lane(ordinal);
    for (int column = 0; column < columns; column++) {
      block[column][lane] = row[column];
    }
  }

  void get(int ordinal, float[] row) {
    float[][] block = blocks[block(ordinal)];
    int lane = lane(ordinal);
    for (int column = 0; column < columns; column++) {
      row[column] = block[column][lane];
    }
  }

  /**
   * Makes room for rows, without making the blocks that hold them: these may then be made by
   * several threads, as long as each is made by one.
   */
  void reserve(int rows) {
    int needed = block(rows + LANES - 1);
    if (needed > blocks.length) {
      blocks = Arrays.copyOf(blocks, needed);
    }
  }

  /** The columns that will hold a row, made if need be. */
  float[][] blockToWrite(int ordinal) {
    int number = block(ordinal);
    float[][][] all = blocks;
    if (number >= all.length) {
      all = Arrays.copyOf(all, number + 1 + (number >> 3));
    }
    if (all[number] == null) {
      all[number] = new float[columns][LANES];
      blocks = all; // for those who read without locks
    }
    return all[number];
  }

  long bytes() {
    return Arrays.stream(blocks).filter(Objects::nonNull).count() * columns * (LANES * 4L + 24);
  }
}
