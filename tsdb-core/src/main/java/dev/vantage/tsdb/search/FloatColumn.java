package dev.vantage.tsdb.search;

import java.nio.FloatBuffer;
import java.util.Optional;

/** Rows of floats, whose size is known when the first part is read. */
final class FloatColumn implements ImageColumn {
  private final String name;
  private final int rowsPerPart;
  private final int series;
  private final int[] ordinals;
  private Optional<FloatRows> rows;

  private FloatColumn(
      String name, int greatestRowSize, int series, int[] ordinals, Optional<FloatRows> rows) {
    this.name = name;
    this.series = series;
    this.ordinals = ordinals;
    this.rows = rows;
    rowsPerPart = ImageColumn.rowsPerPart(greatestRowSize * Float.BYTES);
  }

  /**
   * A column to write.
   *
   * @param greatestRowSize what alone decides how many rows make a part
   * @param ordinals the ordinal of each row
   */
  static FloatColumn of(String name, int greatestRowSize, FloatRows rows, int[] ordinals) {
    return new FloatColumn(name, greatestRowSize, ordinals.length, ordinals, Optional.of(rows));
  }

  /** A column to read. */
  static FloatColumn empty(String name, int greatestRowSize, int series) {
    return new FloatColumn(name, greatestRowSize, series, new int[0], Optional.empty());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int rowsPerPart() {
    return rowsPerPart;
  }

  /** The rows that were read. */
  synchronized Optional<FloatRows> rows() {
    return rows;
  }

  @Override
  public byte[] write(int from, int to) {
    FloatRows source = rows.orElseThrow();
    byte[] bytes = new byte[(to - from) * source.rowSize() * Float.BYTES];
    FloatBuffer numbers = ImageColumn.buffer(bytes).asFloatBuffer();
    for (int row = from; row < to; row++) {
      int ordinal = ordinals[row];
      numbers.put(source.block(ordinal), source.offset(ordinal), source.rowSize());
    }
    return bytes;
  }

  @Override
  public void read(byte[] bytes, int from, int to) {
    FloatRows target = rowsOfSize(bytes.length / Float.BYTES / (to - from));
    ImageColumn.checkSize(this, bytes, (long) (to - from) * target.rowSize() * Float.BYTES);
    FloatBuffer numbers = ImageColumn.buffer(bytes).asFloatBuffer();
    for (int row = from; row < to; ) {
      int count = Math.min(to - row, target.rowsFrom(row));
      numbers.get(target.blockToWrite(row), target.offset(row), count * target.rowSize());
      row += count;
    }
  }

  private synchronized FloatRows rowsOfSize(int rowSize) {
    if (rows.isEmpty()) {
      FloatRows made = new FloatRows(rowSize);
      made.reserve(series);
      rows = Optional.of(made);
    }
    return rows.get();
  }
}
