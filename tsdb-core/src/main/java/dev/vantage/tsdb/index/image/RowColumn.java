package dev.vantage.tsdb.index.image;

import dev.vantage.tsdb.index.table.PackedRows;
import java.nio.ByteBuffer;

/** Numbers in rows: distances to the vantage points, or parts of sketches. */
final class RowColumn implements ImageColumn {
  private final String name;
  private final PackedRows<?> rows;
  private final int[] ordinals;

  /**
   * Creates a column.
   *
   * @param ordinals the ordinal of each row that is written; not used to read
   */
  RowColumn(String name, PackedRows<?> rows, int[] ordinals) {
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
    return ImageColumn.rowsPerPart(rows.rowBytes());
  }

  @Override
  public byte[] write(int from, int to) {
    byte[] bytes = new byte[(to - from) * rows.rowBytes()];
    ByteBuffer buffer = ImageColumn.buffer(bytes);
    for (int row = from; row < to; row++) {
      rows.write(ordinals[row], buffer);
    }
    return bytes;
  }

  @Override
  public void read(byte[] bytes, int from, int to) {
    ImageColumn.checkSize(this, bytes, (long) (to - from) * rows.rowBytes());
    rows.read(ImageColumn.buffer(bytes), from, to);
  }
}
