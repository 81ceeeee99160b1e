package dev.vantage.tsdb.index.table;

import java.nio.ByteBuffer;

/** Rows of doubles of one size, by ordinal. Thread-safe as {@link PackedRows} is. */
public final class DoubleRows extends PackedRows<double[]> {
  public DoubleRows(int rowSize) {
    super(rowSize, Double.BYTES);
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
