package dev.vantage.tsdb.archive;

/**
 * Limits the memory of the data being read to a share of the heap, so that an oversized file is
 * refused before the heap is full. Not thread-safe.
 */
final class SizeLimit {
  private static final int SHARE_OF_HEAP = 8;

  /** The bytes taken by a number while arrays grow and are copied. */
  private static final int NUMBER_BYTES = 32;

  private static final int OBJECT_BYTES = 256;

  private final long limit = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
  private long taken;

  /** Resets the count to 0 bytes. */
  void reset() {
    taken = 0;
  }

  void takeNumbers(long count) {
    take(count * NUMBER_BYTES);
  }

  void takeText(String text) {
    take(OBJECT_BYTES + 2L * text.length());
  }

  private void take(long bytes) {
    taken += bytes;
    if (taken > limit) {
      throw new BadArchiveException(
          "a series, or the lines before the series, must fit into a part of the heap: bytes="
              + taken
              + ", allowed="
              + limit
              + "; hint: use a larger heap");
    }
  }
}
