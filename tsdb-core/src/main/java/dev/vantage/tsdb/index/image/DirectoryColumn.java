package dev.vantage.tsdb.index.image;

import dev.vantage.tsdb.index.SeriesDirectory;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Storage keys and ids: 8 bytes of key, 1 byte for the length of the id, and the id. */
final class DirectoryColumn implements ImageColumn {
  private static final int ROWS_PER_PART = 1 << 16;
  private static final int HEAD_BYTES = Long.BYTES + 1;
  private static final int MOST_ROW_BYTES = HEAD_BYTES + 255;

  private final SeriesDirectory directory;
  private final int[] ordinals;

  /**
   * Creates a column.
   *
   * @param ordinals the ordinal of each row that is written; not used to read
   */
  DirectoryColumn(SeriesDirectory directory, int[] ordinals) {
    this.directory = directory;
    this.ordinals = ordinals;
  }

  @Override
  public String name() {
    return "directory";
  }

  @Override
  public int rowsPerPart() {
    return ROWS_PER_PART;
  }

  @Override
  public byte[] write(int from, int to) {
    byte[] bytes = new byte[(to - from) * MOST_ROW_BYTES];
    ByteBuffer rows = ImageColumn.buffer(bytes);
    for (int row = from; row < to; row++) {
      rows.putLong(directory.key(ordinals[row]));
      directory.copyId(ordinals[row], rows);
    }
    return Arrays.copyOf(bytes, rows.position());
  }

  /** Synchronized, because only one thread at a time may fill the directory. */
  @Override
  public void read(byte[] bytes, int from, int to) {
    ByteBuffer rows = ImageColumn.buffer(bytes);
    synchronized (directory) {
      for (int row = from; row < to; row++) {
        int length =
            rows.remaining() < HEAD_BYTES
                ? 0
                : Byte.toUnsignedInt(rows.get(rows.position() + Long.BYTES));
        ImageColumn.checkSize(
            this, bytes, Math.max(bytes.length, rows.position() + HEAD_BYTES + length));
        long key = rows.getLong();
        directory.set(row, bytes, rows.position() + 1, length, key);
        directory.link(row);
        rows.position(rows.position() + 1 + length);
      }
    }
    ImageColumn.checkSize(this, bytes, rows.position());
  }
}
