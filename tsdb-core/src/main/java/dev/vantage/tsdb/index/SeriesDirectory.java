package dev.vantage.tsdb.index;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Ids and storage keys by ordinal, and ordinals by id. Ids are packed as UTF-8, each behind one
 * byte that holds its length; a hash table of ordinals finds them. Appended by one thread at a
 * time; published entries are read without locks, except by {@link #find}, which the owner guards.
 */
public final class SeriesDirectory {
  private static final int CHUNK_BITS = 16;
  private static final int CHUNK_BYTES = 1 << CHUNK_BITS;
  private static final int VACANT = -1;

  private volatile byte[][] chunks = new byte[0][];
  private int chunkFill = CHUNK_BYTES;
  private volatile int[] starts;
  private volatile long[] keys;
  private int[] table;
  private int entries;

  public SeriesDirectory() {
    this(16);
  }

  /** Creates an empty directory with capacity for a number of series. */
  public SeriesDirectory(int capacity) {
    starts = new int[capacity];
    keys = new long[capacity];
    table = vacant(Math.max(2, Integer.highestOneBit(2 * capacity - 1) << 1));
  }

  private static int[] vacant(int size) {
    int[] table = new int[size];
    Arrays.fill(table, VACANT);
    return table;
  }

  /** Writes the id and the storage key of an ordinal; {@link #link} makes it findable. */
  public void set(int ordinal, String id, long key) {
    byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
    set(ordinal, bytes, 0, bytes.length, key);
  }

  /** Writes an encoded id and the storage key of an ordinal. */
  public void set(int ordinal, byte[] bytes, int from, int length, long key) {
    if (ordinal >= starts.length) {
      int capacity = ordinal + (ordinal >> 1) + 1;
      starts = Arrays.copyOf(starts, capacity);
      keys = Arrays.copyOf(keys, capacity);
    }
    if (chunkFill + 1 + length > CHUNK_BYTES) {
      byte[][] more = Arrays.copyOf(chunks, chunks.length + 1);
      more[chunks.length] = new byte[CHUNK_BYTES];
      chunks = more;
      chunkFill = 0;
    }
    byte[] chunk = chunks[chunks.length - 1];
    chunk[chunkFill] = (byte) length;
    System.arraycopy(bytes, from, chunk, chunkFill + 1, length);
    starts[ordinal] = (chunks.length - 1) << CHUNK_BITS | chunkFill;
    keys[ordinal] = key;
    chunkFill += 1 + length;
  }

  public long key(int ordinal) {
    return keys[ordinal];
  }

  public String id(int ordinal) {
    int start = starts[ordinal];
    byte[] chunk = chunks[start >>> CHUNK_BITS];
    int offset = start & (CHUNK_BYTES - 1);
    return new String(chunk, offset + 1, Byte.toUnsignedInt(chunk[offset]), StandardCharsets.UTF_8);
  }

  /** Appends the id of an ordinal, encoded, behind one byte that holds its length. */
  public void copyId(int ordinal, ByteBuffer into) {
    int start = starts[ordinal];
    byte[] chunk = chunks[start >>> CHUNK_BITS];
    int offset = start & (CHUNK_BYTES - 1);
    into.put(chunk, offset, 1 + Byte.toUnsignedInt(chunk[offset]));
  }

  /** Returns whether the id of an ordinal is greater than some bytes, in the order of ids. */
  public boolean isAfter(int ordinal, byte[] bytes) {
    int start = starts[ordinal];
    byte[] chunk = chunks[start >>> CHUNK_BITS];
    int from = (start & (CHUNK_BYTES - 1)) + 1;
    int to = from + Byte.toUnsignedInt(chunk[from - 1]);
    return Arrays.compareUnsigned(chunk, from, to, bytes, 0, bytes.length) > 0;
  }

  /** Compares the ids of two ordinals by their bytes, which is the order of ids. */
  public int compareIds(int a, int b) {
    int startA = starts[a];
    int startB = starts[b];
    byte[] chunkA = chunks[startA >>> CHUNK_BITS];
    byte[] chunkB = chunks[startB >>> CHUNK_BITS];
    int fromA = startA & (CHUNK_BYTES - 1);
    int fromB = startB & (CHUNK_BYTES - 1);
    return Arrays.compareUnsigned(
        chunkA,
        fromA + 1,
        fromA + 1 + Byte.toUnsignedInt(chunkA[fromA]),
        chunkB,
        fromB + 1,
        fromB + 1 + Byte.toUnsignedInt(chunkB[fromB]));
  }

  /** Returns the ordinal that is linked to an id, or -1. */
  int find(String id) {
    byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
    int mask = table.length - 1;
    for (int slot = hash(bytes, 0, bytes.length) & mask;
        table[slot] != VACANT;
        slot = slot + 1 & mask) {
      if (hasId(table[slot], bytes)) {
        return table[slot];
      }
    }
    return -1;
  }

  private boolean hasId(int ordinal, byte[] bytes) {
    int start = starts[ordinal];
    byte[] chunk = chunks[start >>> CHUNK_BITS];
    int offset = start & (CHUNK_BYTES - 1);
    int length = Byte.toUnsignedInt(chunk[offset]);
    return length == bytes.length
        && Arrays.equals(chunk, offset + 1, offset + 1 + length, bytes, 0, length);
  }

  public void link(int ordinal) {
    if (2 * (entries + 1) > table.length) {
      int[] old = table;
      table = vacant(2 * old.length);
      for (int linked : old) {
        if (linked != VACANT) {
          place(linked);
        }
      }
    }
    place(ordinal);
    entries++;
  }

  private void place(int ordinal) {
    int mask = table.length - 1;
    int slot = home(ordinal);
    while (table[slot] != VACANT) {
      slot = slot + 1 & mask;
    }
    table[slot] = ordinal;
  }

  /** Takes an ordinal out of the hash table and closes the gap (Knuth, 6.4, Algorithm R). */
  public void unlink(int ordinal) {
    int mask = table.length - 1;
    int gap = home(ordinal);
    while (table[gap] != ordinal) {
      gap = gap + 1 & mask;
    }
    for (int slot = gap + 1 & mask; table[slot] != VACANT; slot = slot + 1 & mask) {
      if ((slot - home(table[slot]) & mask) >= (slot - gap & mask)) {
        table[gap] = table[slot];
        gap = slot;
      }
    }
    table[gap] = VACANT;
    entries--;
  }

  private int home(int ordinal) {
    int start = starts[ordinal];
    byte[] chunk = chunks[start >>> CHUNK_BITS];
    int offset = start & (CHUNK_BYTES - 1);
    return hash(chunk, offset + 1, Byte.toUnsignedInt(chunk[offset])) & table.length - 1;
  }

  private static int hash(byte[] bytes, int offset, int length) {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    hash *= 0x9E3779B9;
    return hash ^ hash >>> 16;
  }

  long bytes() {
    return (long) chunks.length * CHUNK_BYTES
        + (long) starts.length * Integer.BYTES
        + (long) keys.length * Long.BYTES
        + (long) table.length * Integer.BYTES;
  }
}
