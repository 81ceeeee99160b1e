package dev.vantage.tsdb.index.table;

import java.nio.ByteBuffer;

/** Rows of doubles of one size, by ordinal. Thread-safe as {@link PackedRows} is. */
public final class DoubleRows extends PackedRows<double[]> {
  private volatile double[][] blocks = new double[0][];

  public DoubleRows(int rowSize) {
    super(rowSize, Double.BYTES);
  }

  /**
   * Returns the array that holds a row, from {@link #offset}. Searches call this. A method of the
   * generic superclass would cast the array on every call, a fifth of the cost of reading a number.
   */
  public double[] block(int ordinal) {
    return blocks[blockNumber(ordinal)];
  }

  @Override
  double[][] blocks() {
    return blocks;
  }

  @Override
  void publish(double[][] all) {
    blocks = all;
  }

  @Override
  double[] newBlock(int numbers) {
    return new double[numbers];
  }

  @Override
  void write(double[] block, int from, int numbers, ByteBuffer target) {
    target.asDoubleBuffer().put(block, from, numbers);
  }

  @Override
  void read(ByteBuffer source, double[] block, int from, int numbers) {
    source.asDoubleBuffer().get(block, from, numbers);
  }
}
