package dev.vantage.tsdb.index.table;

import java.nio.ByteBuffer;

/** Rows of floats of one size, by ordinal. Thread-safe as {@link PackedRows} is. */
public final class FloatRows extends PackedRows<float[]> {
  private volatile float[][] blocks = new float[0][];

  public FloatRows(int rowSize) {
    super(rowSize, Float.BYTES);
  }

  /**
   * Returns the array that holds a row, from {@link #offset}. Searches call this. A method of the
   * generic superclass would cast the array on every call, a fifth of the cost of reading a number.
   */
  public float[] block(int ordinal) {
    return blocks[blockNumber(ordinal)];
  }

  @Override
  float[][] blocks() {
    return blocks;
  }

  @Override
  void publish(float[][] all) {
    blocks = all;
  }

  @Override
  float[] newBlock(int numbers) {
    return new float[numbers];
  }

  @Override
  void write(float[] block, int from, int numbers, ByteBuffer target) {
    target.asFloatBuffer().put(block, from, numbers);
  }

  @Override
  void read(ByteBuffer source, float[] block, int from, int numbers) {
    source.asFloatBuffer().get(block, from, numbers);
  }
}
