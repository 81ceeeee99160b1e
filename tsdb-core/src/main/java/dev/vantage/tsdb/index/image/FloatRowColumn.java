package dev.vantage.tsdb.index.image;

import dev.vantage.tsdb.index.table.FloatRows;
import java.nio.FloatBuffer;

/** Floats in rows. */
final class FloatRowColumn implements ImageColumn {
  private final String name;
  private final FloatRows rows;
  private final int[] ordinals;

  /**
   * Creates a column.
   *
   * @param ordinals the ordinal of each row that is written; not used to read
   */
  FloatRowColumn(String name, FloatRows rows, int[] ordinals) {
    this.name = name;
    this.rows = rows;
    this.ordinals = ordinals;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int rowsPerPart() {
    return ImageColumn.rowsPerPart(rowBytes());
  }

  private int rowBytes() {
    return rows.rowSize() * Float.BYTES;
  }

  @Override
  public byte[] write(int from, int to) {
    byte[] bytes = new byte[(to - from) * rowBytes()];
    FloatBuffer numbers = ImageColumn.buffer(bytes).asFloatBuffer();
    for (int row = from; row < to; row++) {
      int ordinal = ordinals[row];
      numbers.put(rows.block(ordinal), rows.offset(ordinal), rows.rowSize());
    }
    return bytes;
  }

  @Override
  public void read(byte[] bytes, int from, int to) {
    ImageColumn.checkSize(this, bytes, (long) (to - from) * rowBytes());
    FloatBuffer numbers = ImageColumn.buffer(bytes).asFloatBuffer();
    for (int row = from; row < to; ) {
      int count = Math.min(to - row, rows.rowsFrom(row));
      numbers.get(rows.blockToWrite(row), rows.offset(row), count * rows.rowSize());
      row += count;
    }
  }
}
