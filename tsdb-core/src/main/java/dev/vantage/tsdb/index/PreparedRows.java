package dev.vantage.tsdb.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

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
  /** Blocks hold about this many numbers: large enough to scan, small enough not to waste. */
  private static final int BLOCK_NUMBERS = 1 << 15;

  private static final int NOWHERE = -1;

  /** Numbers in a line of the cache, where lines are short. */
  private static final int LINE = 8;

  /**
   * The count of numbers, 32 MB, that may stay in a shared cache, from which prefetching gains
   * nothing.
   */
  private static final long CACHED = 1 << 22;

  private static final VarHandle NUMBER = MethodHandles.arrayElementVarHandle(double[].class);

  private final int rowSize;
  private final RowSource source;
  private final long room;

  /** Where the rows of the first ordinals are, which were packed; those after them follow. */
  private final int[] places;

  private final int placesEnd;
  private final int shift;
  private final int mask;
  private volatile double[][] blocks = new double[0][];
  private volatile boolean crowded;
  private long taken;

  /** Rows that are not stored yet and found no room. */
  private final Map<Integer, double[]> pending = new ConcurrentHashMap<>();

  /**
   * No rows yet.
   *
   * @param room the most bytes for rows that stay
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
   * @param removed where rows are found that are stored no longer
   */
  Cursor cursor(RemovedRows removed) {
    return new Cursor(removed);
  }

  /** Whether every row that was needed so far has found room. */
  public boolean isResident() {
    return !crowded;
  }

  /** Writes the row of a new ordinal; it must not be changed afterwards. */
  synchronized void put(int ordinal, double[] row) {
    if (hasBlock(ordinal)) {
      write(ordinal, row, 0);
    } else {
      pending.put(ordinal, row);
    }
  }

  /** Makes a place for a new ordinal whose row is read from the storage when it is needed. */
  synchronized void putStored(int ordinal) {
    double[] block = block(ordinal);
    if (block != null) {
      // What an update left there that was given up.
      NUMBER.setRelease(block, offset(ordinal), 0.0);
    }
  }

  /** Records that the rows put so far are stored or abandoned. */
  void settle() {
    pending.clear();
  }

  private synchronized void keep(int ordinal, double[] row) {
    if (hasBlock(ordinal) && !isThere(block(ordinal), offset(ordinal))) {
      write(ordinal, row, 0);
    }
  }

  private void write(int ordinal, double[] row, int from) {
    double[] block = block(ordinal);
    int offset = offset(ordinal);
    System.arraycopy(row, from + 1, block, offset + 1, rowSize - 1);
    NUMBER.setRelease(block, offset, row[from]);
  }

  /** Whether there is a block for a row, or was room to make it. */
  private boolean hasBlock(int ordinal) {
    if (block(ordinal) != null) {
      return true;
    }
    int size = (mask + 1) * rowSize;
    if (taken + (long) size * Double.BYTES > room) {
      crowded = true;
      return false;
    }
    int number = place(ordinal) >>> shift;
    double[][] all = blocks;
    int length = number < all.length ? all.length : number + 1 + (number >> 3);
    double[][] more = Arrays.copyOf(all, length);
    more[number] = new double[size];
    taken += (long) size * Double.BYTES;
    blocks = more;
    return true;
  }

  /** The array for a row, or null. */
  private double[] block(int ordinal) {
    double[][] all = blocks;
    int number = place(ordinal) >>> shift;
    return number < all.length ? all[number] : null;
  }

  private int offset(int ordinal) {
    return (place(ordinal) & mask) * rowSize;
  }

  /** Where a row lies among all of them, in the order of memory. */
  public int place(int ordinal) {
    return ordinal < places.length ? places[ordinal] : ordinal - places.length + placesEnd;
  }

  private static boolean isThere(double[] block, int offset) {
    return block != null && (double) NUMBER.getAcquire(block, offset) != 0;
  }

  /** No rows yet, of other series in the place of these. */
  PreparedRows replacedBy(SeriesDirectory newDirectory) {
    return new PreparedRows(rowSize, source.replacedBy(newDirectory), room);
  }

  /** Whether these are of other series than those. */
  boolean replaces(PreparedRows others) {
    return source.replaces(others.source);
  }

  /** From now on has the rows that are in memory, and no others. */
  void abandon() {
    source.abandon();
  }

  /**
   * The same rows under new ordinals. Where few are left out they stay where they are, and only
   * their places are noted; else they move together.
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
      shared.blocks = blocks.clone();
      shared.taken = taken;
      shared.crowded = crowded;
      return shared;
    }
    PreparedRows packed = new PreparedRows(rowSize, newSource, room);
    for (int ordinal = 0; ordinal < oldOrdinals.length; ordinal++) {
      double[] block = block(oldOrdinals[ordinal]);
      int offset = offset(oldOrdinals[ordinal]);
      if (isThere(block, offset) && packed.hasBlock(ordinal)) {
        packed.write(ordinal, block, offset);
      }
    }
    return packed;
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

    /** The ordinal whose row this cursor has read from the storage. */
    private int read = NOWHERE;

    /** Whether all rows may be in a cache. */
    private final boolean cached = (long) blocks.length * (mask + 1) * rowSize <= CACHED;

    /** Kept so that the compiler does not remove the prefetching. */
    private double fetched;

    private Cursor(RemovedRows removed) {
      this.removed = removed;
    }

    /**
     * Moves to a series, and makes its row readable.
     *
     * @throws SeriesGoneException if it is neither in memory nor in the storage
     */
    public void seek(int ordinal) {
      double[] block = block(ordinal);
      int place = PreparedRows.this.offset(ordinal);
      if (isThere(block, place)) {
        array = block;
        offset = place;
      } else {
        array = outside(ordinal);
        offset = 0;
      }
    }

    /**
     * Looks at every line of a row in memory that is to be read after the next one, so that it
     * comes while that is measured: where rows are too many for a cache. Reads nothing from the
     * storage.
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
        read = NOWHERE; // if this fails, the row is neither the old one nor the new
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

    /** The first index of the row. */
    public int offset() {
      return offset;
    }
  }
}
