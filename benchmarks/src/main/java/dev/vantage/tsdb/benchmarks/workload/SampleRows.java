package dev.vantage.tsdb.benchmarks.workload;

/**
 * Prepared series, packed in blocks. Every engine measures distances on this one copy. Filled once,
 * then read by any number of threads.
 */
public final class SampleRows {
  private static final int BLOCK_NUMBERS = 1 << 16;

  private final int rowSize;
  private final int count;
  private final int shift;
  private final double[][] blocks;

  /**
   * Creates rows of zeros.
   *
   * @param count the number of rows
   * @param rowSize doubles in each
   */
  public SampleRows(int count, int rowSize) {
    this.count = count;
    this.rowSize = rowSize;
    int perBlock = Math.max(1, Integer.highestOneBit(BLOCK_NUMBERS / rowSize));
    shift = Integer.numberOfTrailingZeros(perBlock);
    blocks = new double[(count + perBlock - 1) >>> shift][];
    for (int b = 0; b < blocks.length; b++) {
      blocks[b] = new double[Math.min(perBlock, count - (b << shift)) * rowSize];
    }
  }

  /** {@return the number of rows} */
  public int count() {
    return count;
  }

  /** {@return doubles in each row} */
  public int rowSize() {
    return rowSize;
  }

  /**
   * Returns the array that holds a row.
   *
   * @param position the position of the row
   * @return the array, from {@link #offset}
   */
  public double[] block(int position) {
    return blocks[position >>> shift];
  }

  /**
   * Returns the first index of a row in its array.
   *
   * @param position the position of the row
   * @return the index of its first number
   */
  public int offset(int position) {
    return (position & (1 << shift) - 1) * rowSize;
  }

  /** {@return the number of arrays, all but the last with equally many rows} */
  public int blockCount() {
    return blocks.length;
  }

  /**
   * Returns one of the arrays.
   *
   * @param block its number
   * @return the array, rows one after the other
   */
  public double[] blockAt(int block) {
    return blocks[block];
  }

  /**
   * Returns a copy of a row.
   *
   * @param position the position of the row
   * @return its numbers
   */
  public double[] row(int position) {
    double[] row = new double[rowSize];
    System.arraycopy(block(position), offset(position), row, 0, rowSize);
    return row;
  }

  /**
   * Releases whole blocks, for an engine with rows of its own when memory cannot hold two copies.
   * Released rows must not be read again.
   *
   * @param end the first position that is still needed
   */
  public void release(int end) {
    int last = end == count ? blocks.length : end >>> shift;
    for (int b = 0; b < last; b++) {
      blocks[b] = null;
    }
  }
}
