package dev.vantage.tsdb.index.column;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Pages of 64 values each by ordinal. A page is created when one of its values is first set, so a
 * rare attribute takes little memory. Written by one thread at a time; {@linkplain #release
 * released} values are read without locks.
 *
 * <p>A {@linkplain #copy copy} shares pages with its original. Values of new ordinals are written
 * into shared pages, because no reader of the original looks at these ordinals. To change any other
 * value, {@link #toChange} copies the page first.
 */
public final class Pages<P> {
  /** The number of values per page. */
  static final int SIZE = Long.SIZE;

  /** The number of ordinals per chunk; a filter tests one chunk at a time. */
  public static final int CHUNK = 1 << 12;

  private static final int PAGES = CHUNK / SIZE;
  private static final int BYTES_PER_TABLE = 4 * PAGES + 24;
  private static final int BYTES_PER_HEADER = 24;

  private volatile Object[][] chunks;

  /** The chunks, by number, that no other pages share. */
  private final BitSet ownChunks = new BitSet();

  /** The pages, by number, that no other pages share. */
  private final BitSet ownPages = new BitSet();

  Pages() {
    this(new Object[0][]);
  }

  private Pages(Object[][] chunks) {
    this.chunks = chunks;
  }

  /** Returns pages with the same values. Cost: linear in the number of chunks. */
  Pages<P> copy() {
    return new Pages<>(chunks.clone());
  }

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

  /** Returns a page for writing values of new ordinals; creates it if necessary. */
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
    }
    P made = empty.get();
    all[chunk][number % PAGES] = made;
    chunks = all;
    return made;
  }

  /**
   * Returns a page for changing values that readers of the original may see; copies it, or creates
   * it, if necessary.
   */
  P toChange(int number, Supplier<P> empty, UnaryOperator<P> copier) {
    P known = get(number);
    if (known != null && ownPages.get(number)) {
      return known;
    }
    int chunk = number / PAGES;
    Object[][] all = chunk < chunks.length ? chunks : Arrays.copyOf(chunks, chunk + 1);
    if (!ownChunks.get(chunk)) {
      all[chunk] = all[chunk] == null ? new Object[PAGES] : all[chunk].clone();
      ownChunks.set(chunk);
    }
    P own = known == null ? empty.get() : copier.apply(known);
    all[chunk][number % PAGES] = own;
    ownPages.set(number);
    chunks = all;
    return own;
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

  /** Returns the size of the pages in bytes, shared ones included. */
  long bytes(int bytesPerPage) {
    Object[][] all = chunks;
    long bytes = 4L * all.length;
    for (Object[] chunk : all) {
      if (chunk != null) {
        long pages = Arrays.stream(chunk).filter(Objects::nonNull).count();
        bytes += BYTES_PER_TABLE + pages * (bytesPerPage + BYTES_PER_HEADER);
      }
    }
    return bytes;
  }
}
