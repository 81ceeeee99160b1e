package dev.vantage.tsdb.index.image;

import dev.vantage.tsdb.index.table.DoubleRows;
import java.nio.DoubleBuffer;

/** The rows of distances to the vantage points. */
final class DistanceColumn implements ImageColumn {
  private final DoubleRows rows;
  private final int[] ordinals;

  /**
   * Creates a column.
   *
   * @param ordinals the ordinal of each row that is written; not used to read
   */
  DistanceColumn(DoubleRows rows, int[] ordinals) {
    this.rows = rows;
    this.ordinals = ordinals;
  }

  @Override
  public String name() {
    return "distances";
  }

  @Override
  public int rowsPerPart() {
    return ImageColumn.rowsPerPart(rowBytes());
  }

  private int rowBytes() {
    return rows.rowSize() * Double.BYTES;
  }

  @Override
  public byte[] write(int from, int to) {
    byte[] bytes = new byte[(to - from) * rowBytes()];
    DoubleBuffer numbers = ImageColumn.buffer(bytes).asDoubleBuffer();
    for (int row = from; row < to; row++) {
      int ordinal = ordinals[row];
      numbers.put(rows.block(ordinal), rows.offset(ordinal), rows.rowSize());
    }
    return bytes;
  }

  @Override
  public void read(byte[] bytes, int from, int to) {
    ImageColumn.checkSize(this, bytes, (long) (to - from) * rowBytes());
    DoubleBuffer numbers = ImageColumn.buffer(bytes).asDoubleBuffer();
    for (int row = from; row < to; ) {
      int count = Math.min(to - row, rows.rowsFrom(row));
      numbers.get(rows.blockToWrite(row), rows.offset(row), count * rows.rowSize());
      row += count;
    }
  }
}
