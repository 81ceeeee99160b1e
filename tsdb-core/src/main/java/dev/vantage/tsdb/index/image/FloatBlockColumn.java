package dev.vantage.tsdb.index.image;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.vantage.tsdb.index.table.FloatColumns;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * Floats in columns: block after block as in memory, the last block padded with zeros. The number
 * of columns can be inferred from the first part that is read.
 */
final class FloatBlockColumn implements ImageColumn {
  private static final int LANES = FloatColumns.LANES;

  private final String name;
  private final int rowsPerPart;
  private final int series;
  private final int[] ordinals;

  @GuardedBy("this")
  private Optional<FloatColumns> columns;

  /**
   * Creates a column.
   *
   * @param most the maximum number of columns, which determines the number of rows per part
   * @param series the number of rows
   * @param columns the numbers; empty if the number of columns is inferred from the first part
   * @param ordinals the ordinal of each row that is written; not used to read
   */
  FloatBlockColumn(
      String name, int most, int series, Optional<FloatColumns> columns, int[] ordinals) {
    this.name = name;
    this.series = series;
    this.columns = columns;
    this.ordinals = ordinals;
    rowsPerPart = Math.max(LANES, ImageColumn.rowsPerPart(most * Float.BYTES));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int rowsPerPart() {
    return rowsPerPart;
  }

  /** Returns the numbers, if they were given or any part was read. */
  synchronized Optional<FloatColumns> columns() {
    return columns;
  }

  @Override
  public byte[] write(int from, int to) {
    FloatColumns source = columns().orElseThrow();
    byte[] bytes = new byte[paddedRows(from, to) * source.columns() * Float.BYTES];
    FloatBuffer numbers = ImageColumn.buffer(bytes).asFloatBuffer();
    for (int row = from; row < to; row++) {
      int ordinal = ordinals[row];
      int place = (row - from) / LANES * LANES * source.columns() + (row - from) % LANES;
      for (int column = 0; column < source.columns(); column++) {
        numbers.put(place + column * LANES, source.number(ordinal, column));
      }
    }
    return bytes;
  }

  private static int paddedRows(int from, int to) {
    return (to - from + LANES - 1) / LANES * LANES;
  }

  @Override
  public void read(byte[] bytes, int from, int to) {
    FloatColumns target = columnsOfCount(bytes.length / Float.BYTES / paddedRows(from, to));
    ImageColumn.checkSize(
        this, bytes, (long) paddedRows(from, to) * target.columns() * Float.BYTES);
    FloatBuffer numbers = ImageColumn.buffer(bytes).asFloatBuffer();
    for (int row = from; row < to; row += LANES) {
      numbers.get(target.blockToWrite(row));
    }
  }

  private synchronized FloatColumns columnsOfCount(int count) {
    if (columns.isEmpty()) {
      FloatColumns made = new FloatColumns(count);
      made.reserve(series);
      columns = Optional.of(made);
    }
    return columns.get();
  }
}
