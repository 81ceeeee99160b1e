package dev.vantage.tsdb.index.table;

import java.nio.ByteBuffer;

/** Rows of floats of one size, by ordinal. Thread-safe as {@link PackedRows} is. */
public final class FloatRows extends PackedRows<float[]> {
  public FloatRows(int rowSize) {
    super(rowSize, Float.BYTES);
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
