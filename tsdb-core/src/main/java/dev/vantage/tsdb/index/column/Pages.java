package dev.vantage.tsdb.index.column;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Pages of 64 values each by ordinal. A page is created when one of its values is first set, so a
 * rare attribute takes little memory. Written by one thread at a time; {@linkplain #release
 * released} values are read without locks.
 */
public final class Pages<P> {
  /** The number of values per page. */
  static final int SIZE = Long.SIZE;

  /** The number of ordinals per chunk; a filter tests one chunk at a time. */
  public static final int CHUNK = 1 << 12;

  private static final int PAGES = CHUNK / SIZE;
  private static final int BYTES_PER_TABLE = 4 * PAGES + 24;
  private static final int BYTES_PER_HEADER = 24;

  private volatile Object[][] chunks = new Object[0][];
  private int tables;
  private int pages;

  /** Returns the number of the first page of a chunk. */
  static int firstPage(int chunk) {
    return chunk * PAGES;
  }

  static int number(int ordinal) {
    return ordinal / SIZE;
  }

  static int place(int ordinal) {
    return ordinal % SIZE;
  }

  /** Returns a page, or null if none of its values is set. */
  @SuppressWarnings("unchecked") // the array contains only pages
  @Nullable P get(int number) {
    Object[][] all = chunks;
    int chunk = number / PAGES;
    return chunk < all.length && all[chunk] != null ? (P) all[chunk][number % PAGES] : null;
  }

  /** Returns a page for writing; creates it if necessary. */
  P toWrite(int number, Supplier<P> empty) {
    P known = get(number);
    if (known != null) {
      return known;
    }
    int chunk = number / PAGES;
    Object[][] all = chunks;
    if (chunk >= all.length) {
      all = Arrays.copyOf(all, chunk + 1);
    }
    if (all[chunk] == null) {
      all[chunk] = new Object[PAGES];
      tables++;
    }
    P made = empty.get();
    all[chunk][number % PAGES] = made;
    chunks = all;
    pages++;
    return made;
  }

  /** Publishes all writes to readers without locks. */
  @SuppressWarnings("SelfAssignment") // a volatile write
  void release() {
    chunks = chunks;
  }

  /** Receives a page and its number. */
  interface Visitor<P> {
    void visit(int number, P page);
  }

  /** Visits all existing pages. */
  void forEach(Visitor<P> visitor) {
    for (int chunk = 0; chunk < chunks.length; chunk++) {
      for (int i = 0; chunks[chunk] != null && i < PAGES; i++) {
        P page = get(chunk * PAGES + i);
        if (page != null) {
          visitor.visit(chunk * PAGES + i, page);
        }
      }
    }
  }

  /** Returns the size of the pages in bytes. */
  long bytes(int bytesPerPage) {
    return 4L * chunks.length
        + (long) tables * BYTES_PER_TABLE
        + (long) pages * (bytesPerPage + BYTES_PER_HEADER);
  }
}
