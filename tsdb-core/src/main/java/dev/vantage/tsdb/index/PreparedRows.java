package dev.vantage.tsdb.index;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The prepared series, by ordinal. Rows for which there is room are packed in blocks and stay in
 * memory; all other rows are read from the storage each time. A row is read only when it is first
 * needed.
 *
 * <p>Thread-safe for one writer and any number of readers. A reader uses a {@link Cursor} of its
 * own, reads rows of a published state, and takes no lock for a row in memory. The first number of
 * a row is never 0 once the row is there. It is written last, with release semantics, and read
 * first, with acquire semantics: a thread that sees it sees the whole row. Rows and blocks are
 * written under this object's monitor.
 */
public final class PreparedRows {
  /**
   * The approximate count of numbers per block: long enough to scan fast, short enough to waste
   * little.
   */
  private static final int BLOCK_NUMBERS = 1 << 15;

  private static final int NOWHERE = -1;

  /** The count of numbers in a cache line of 64 bytes. */
  private static final int LINE = 8;

  /**
   * The count of numbers, 32 MB in all, that may fit a shared cache; prefetching from a cache gains
   * nothing.
   */
  private static final long CACHED = 1 << 22;

  private static final VarHandle NUMBER = MethodHandles.arrayElementVarHandle(double[].class);

  private final int rowSize;
  private final RowSource source;
  private final long room;

  /**
   * The places of the rows of the first, packed ordinals; later rows follow in the order of
   * ordinals.
   */
  private final int[] places;

  private final int placesEnd;
  private final int shift;
  private final int mask;
  private volatile double[][] blocks = new double[0][];
  private volatile boolean crowded;

  @GuardedBy("this")
  private long taken;

  /** Rows that are not stored yet and do not fit into memory. */
  private final Map<Integer, double[]> pending = new ConcurrentHashMap<>();

  /**
   * Creates an empty set of rows.
   *
   * @param room the maximum memory for rows, in bytes
   */
  PreparedRows(int rowSize, RowSource source, long room) {
    this(rowSize, source, room, new int[0], 0);
  }

  private PreparedRows(int rowSize, RowSource source, long room, int[] places, int placesEnd) {
    this.rowSize = rowSize;
    this.source = source;
    this.room = room;
    this.places = places;
    this.placesEnd = placesEnd;
    int rows = Math.max(1, Integer.highestOneBit(BLOCK_NUMBERS / rowSize));
    shift = Integer.numberOfTrailingZeros(rows);
    mask = rows - 1;
  }

  /**
   * Returns a cursor; not thread-safe.
   *
   * @param removed has the rows that are no longer stored
   */
  Cursor cursor(RemovedRows removed) {
    return new Cursor(removed);
  }

  /** Returns whether all rows needed so far fit into memory. */
  public boolean isResident() {
    return !crowded;
  }

  /** Writes the row of a new ordinal; it must not be changed afterwards. */
  synchronized void put(int ordinal, double[] row) {
    double[] block = blockToWrite(ordinal);
    if (block == null) {
      pending.put(ordinal, row);
    } else {
      write(block, ordinal, row, 0);
    }
  }

  /** Adds a new ordinal whose row is read from the storage when needed. */
  synchronized void putStored(int ordinal) {
    double[] block = block(ordinal);
    if (block != null) {
      // Removes the row of an abandoned update.
      NUMBER.setRelease(block, offset(ordinal), 0.0);
    }
  }

  /** Records that the rows put so far are stored or abandoned. */
  void settle() {
    pending.clear();
  }

  private synchronized void keep(int ordinal, double[] row) {
    double[] block = blockToWrite(ordinal);
    if (block != null && !isThere(block, offset(ordinal))) {
      write(block, ordinal, row, 0);
    }
  }

  @GuardedBy("this")
  private void write(double[] block, int ordinal, double[] row, int from) {
    int offset = offset(ordinal);
    System.arraycopy(row, from + 1, block, offset + 1, rowSize - 1);
    NUMBER.setRelease(block, offset, row[from]);
  }

  /** Returns the array of a row; creates the array if it fits into memory, else returns null. */
  @GuardedBy("this")
  private double @Nullable [] blockToWrite(int ordinal) {
    double[] known = block(ordinal);
    if (known != null) {
      return known;
    }
    int size = (mask + 1) * rowSize;
    if (taken + (long) size * Double.BYTES > room) {
      crowded = true;
      return null;
    }
    int number = place(ordinal) >>> shift;
    double[][] all = blocks;
    int length = number < all.length ? all.length : number + 1 + (number >> 3);
    double[][] more = Arrays.copyOf(all, length);
    double[] made = new double[size];
    more[number] = made;
    taken += (long) size * Double.BYTES;
    blocks = more;
    return made;
  }

  /** Returns the array of a row, or null. */
  private double @Nullable [] block(int ordinal) {
    double[][] all = blocks;
    int number = place(ordinal) >>> shift;
    return number < all.length ? all[number] : null;
  }

  private int offset(int ordinal) {
    return (place(ordinal) & mask) * rowSize;
  }

  /** Returns the place of a row in the order of memory. */
  public int place(int ordinal) {
    return ordinal < places.length ? places[ordinal] : ordinal - places.length + placesEnd;
  }

  private static boolean isThere(double[] block, int offset) {
    return (double) NUMBER.getAcquire(block, offset) != 0;
  }

  /** Returns an empty set of rows for the series that replace these. */
  PreparedRows replacedBy(SeriesDirectory newDirectory) {
    return new PreparedRows(rowSize, source.replacedBy(newDirectory), room);
  }

  /** Returns whether these rows replace others. */
  boolean replaces(PreparedRows others) {
    return source.replaces(others.source);
  }

  /** Stops reading from the storage: from now on only rows in memory are available. */
  void abandon() {
    source.abandon();
  }

  /**
   * Returns the same rows under new ordinals. If few rows are left out, rows stay in place and only
   * their places are recorded; otherwise they are moved together.
   *
   * @param end one more than the greatest old ordinal
   */
  synchronized PreparedRows packed(int[] oldOrdinals, int end, SeriesDirectory newDirectory) {
    if (taken == 0) {
      return new PreparedRows(rowSize, source.of(newDirectory), room);
    }
    RowSource newSource = source.of(newDirectory);
    int oldEnd = place(end);
    if (2L * oldOrdinals.length >= oldEnd) {
      int[] newPlaces = Arrays.stream(oldOrdinals).map(this::place).toArray();
      PreparedRows shared = new PreparedRows(rowSize, newSource, room, newPlaces, oldEnd);
      shared.share(blocks.clone(), taken, crowded);
      return shared;
    }
    PreparedRows packed = new PreparedRows(rowSize, newSource, room);
    for (int ordinal = 0; ordinal < oldOrdinals.length; ordinal++) {
      double[] block = block(oldOrdinals[ordinal]);
      int offset = offset(oldOrdinals[ordinal]);
      if (block != null && isThere(block, offset)) {
        packed.copy(ordinal, block, offset);
      }
    }
    return packed;
  }

  private synchronized void share(double[][] sharedBlocks, long sharedBytes, boolean isCrowded) {
    blocks = sharedBlocks;
    taken = sharedBytes;
    crowded = isCrowded;
  }

  private synchronized void copy(int ordinal, double[] block, int from) {
    double[] own = blockToWrite(ordinal);
    if (own != null) {
      write(own, ordinal, block, from);
    }
  }

  long bytes() {
    long packed =
        Arrays.stream(blocks)
            .filter(Objects::nonNull)
            .mapToLong(block -> (long) block.length * Double.BYTES)
            .sum();
    return packed
        + (long) pending.size() * rowSize * Double.BYTES
        + (long) places.length * Integer.BYTES;
  }

  /** A cursor over the rows. Not thread-safe. */
  public final class Cursor {
    private final RemovedRows removed;
    private double[] array = {};
    private int offset;
    private double[] own = {};

    /** The ordinal of the row that this cursor has read from the storage. */
    private int read = NOWHERE;

    /** Whether all rows may be in a cache. */
    private final boolean cached = (long) blocks.length * (mask + 1) * rowSize <= CACHED;

    /** Kept so that the compiler does not remove the prefetching. */
    @SuppressWarnings("UnusedVariable")
    private double fetched;

    private Cursor(RemovedRows removed) {
      this.removed = removed;
    }

    /**
     * Moves to a series, and makes its row readable.
     *
     * @throws SeriesGoneException if the row is neither in memory nor in the storage
     */
    public void seek(int ordinal) {
      double[] block = block(ordinal);
      int place = PreparedRows.this.offset(ordinal);
      if (block != null && isThere(block, place)) {
        array = block;
        offset = place;
      } else {
        array = outside(ordinal);
        offset = 0;
      }
    }

    /**
     * Prefetches a row in memory that is read after the next one, so that it is loaded into the
     * cache while the next row is measured. Does nothing if all rows may be in a cache. Reads
     * nothing from the storage.
     */
    public void fetch(int ordinal) {
      double[] block = block(ordinal);
      if (cached || block == null) {
        return;
      }
      int from = PreparedRows.this.offset(ordinal);
      int end = from + rowSize - 3 * LINE;
      double first = 0;
      double second = 0;
      double third = 0;
      double fourth = 0;
      for (int i = from; i < end; i += 4 * LINE) {
        first += block[i];
        second += block[i + LINE];
        third += block[i + 2 * LINE];
        fourth += block[i + 3 * LINE];
      }
      fetched = first + second + third + fourth;
    }

    private double[] outside(int ordinal) {
      double[] waiting = pending.get(ordinal);
      if (waiting != null) {
        return waiting;
      }
      if (read != ordinal) {
        read = NOWHERE; // if loading fails, the row has no valid content
        if (own.length == 0) {
          own = new double[rowSize];
        }
        source.load(ordinal, removed, own);
        read = ordinal;
        if (!crowded || block(ordinal) != null) {
          keep(ordinal, own);
        }
      }
      return own;
    }

    /**
     * Returns the array that holds the row; must not be changed, and is valid until the next seek.
     */
    public double[] array() {
      return array;
    }

    /** Returns the first index of the row. */
    public int offset() {
      return offset;
    }
  }
}
