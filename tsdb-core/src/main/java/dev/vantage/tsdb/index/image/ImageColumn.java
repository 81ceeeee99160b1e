package dev.vantage.tsdb.index.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A column of an image: what it says of a range of rows as little-endian bytes, and back. Another
 * meaning of the bytes is another name.
 */
interface ImageColumn {
  /** Parts have about this many bytes: few enough to hold, enough to be read in one go. */
  int PART_BYTES = 1 << 22;

  /** Its name in the storage. */
  String name();

  /** How many rows each part but the last has; a power of two. */
  int rowsPerPart();

  /** The bytes of rows [from, to). */
  byte[] write(int from, int to);

  /**
   * Fills rows [from, to). Different parts may be filled at the same time.
   *
   * @throws IllegalArgumentException if the bytes cannot be those of the rows
   */
  void read(byte[] bytes, int from, int to);

  /** How many rows of one size make a part. */
  static int rowsPerPart(int rowBytes) {
    return Math.max(1, Integer.highestOneBit(PART_BYTES / rowBytes));
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
