package dev.vantage.tsdb.index;

import java.util.Arrays;

/** Maps keys to the numbers from 0 on. Immutable. A hash table over primitive arrays. */
public final class KeyMap {
  private static final int NONE = -1;

  private final long[] keys;
  private final int[] table;

  /**
   * Creates a table.
   *
   * @param keys the key of each number; must not be changed afterwards
   * @throws IllegalArgumentException if two numbers have the same key
   */
  public KeyMap(long[] keys) {
    this.keys = keys;
    table = new int[Integer.highestOneBit(Math.max(1, keys.length)) * 4];
    Arrays.fill(table, NONE);
    for (int number = 0; number < keys.length; number++) {
      int slot = slot(keys[number]);
      if (table[slot] != NONE) {
        throw new IllegalArgumentException(
            "storage keys must differ: key=" + keys[number] + ", number=" + number);
      }
      table[slot] = number;
    }
  }

  /** Returns the number of a key, or -1. */
  public int find(long key) {
    return table[slot(key)];
  }

  /** Returns the slot of a key, or the free slot for it. */
  private int slot(long key) {
    int mask = table.length - 1;
    // Fibonacci hashing (Knuth, 6.4) spreads consecutive keys.
    int slot = (int) (key * 0x9E3779B97F4A7C15L >>> 32) & mask;
    while (table[slot] != NONE && keys[table[slot]] != key) {
      slot = slot + 1 & mask;
    }
    return slot;
  }
}
