package dev.vantage.tsdb.index.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A column of an image: converts a range of rows to little-endian bytes and back. A change of the
 * bytes' meaning requires a new name.
 */
interface ImageColumn {
  /**
   * The approximate size of a part in bytes: small enough for memory, large enough for fast
   * reading.
   */
  int PART_BYTES = 1 << 22;

  /** Returns the name of the column in the storage. */
  String name();

  /** Returns the number of rows per part, a power of two; the last part may have fewer. */
  int rowsPerPart();

  /** Returns the bytes of rows [from, to). */
  byte[] write(int from, int to);

  /**
   * Fills rows [from, to). Different parts may be filled at the same time.
   *
   * @throws IllegalArgumentException if the bytes cannot be those of the rows
   */
  void read(byte[] bytes, int from, int to);

  /** Returns the number of rows per part for a row size in bytes. */
  static int rowsPerPart(int rowBytes) {
    return Math.max(1, Integer.highestOneBit(PART_BYTES / Math.max(1, rowBytes)));
  }

  static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static void checkSize(ImageColumn column, byte[] bytes, long wanted) {
    if (bytes.length != wanted) {
      throw new IllegalArgumentException(
          "a part must have the size of its rows: column="
              + column.name()
              + ", bytes="
              + bytes.length
              + ", wanted="
              + wanted);
    }
  }
}
