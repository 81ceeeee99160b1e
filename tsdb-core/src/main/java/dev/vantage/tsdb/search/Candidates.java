package dev.vantage.tsdb.search;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Series that no bound has ruled out yet, each with the greatest known lower bound on the square of
 * its distance. Not thread-safe. Packed arrays, in the order in which series were added.
 */
final class Candidates {
  /** Up to this many candidates are sorted by comparisons, more by a counting sort. */
  private static final int SORTED = 1 << 11;

  /**
   * The low bits of a positive float that the counting sort ignores: bounds keep a relative
   * precision of 1/256.
   */
  private static final int DROPPED_BITS = 15;

  private int[] ordinals;
  private float[] bounds;
  private int size;

  /** Only bounds below this can still be among the least. */
  private float beyond = Float.POSITIVE_INFINITY;

  Candidates(int capacity) {
    ordinals = new int[Math.max(16, capacity)];
    bounds = new float[Math.max(16, capacity)];
  }

  int size() {
    return size;
  }

  int ordinal(int slot) {
    return ordinals[slot];
  }

  float bound(int slot) {
    return bounds[slot];
  }

  /** Returns candidates without known bounds. */
  static Candidates unbounded(int[] ordinals) {
    Candidates candidates = new Candidates(ordinals.length);
    System.arraycopy(ordinals, 0, candidates.ordinals, 0, ordinals.length);
    candidates.size = ordinals.length;
    return candidates;
  }

  void add(int ordinal, float bound) {
    if (size == ordinals.length) {
      ordinals = Arrays.copyOf(ordinals, 2 * size);
      bounds = Arrays.copyOf(bounds, 2 * size);
    }
    ordinals[size] = ordinal;
    bounds[size++] = bound;
  }

  /** Returns the candidates of all parts, one part after another. */
  static Candidates all(Candidates[] parts) {
    int total = 0;
    for (Candidates part : parts) {
      total += part.size;
    }
    Candidates all = new Candidates(total);
    for (Candidates part : parts) {
      System.arraycopy(part.ordinals, 0, all.ordinals, all.size, part.size);
      System.arraycopy(part.bounds, 0, all.bounds, all.size, part.size);
      all.size += part.size;
    }
    return all;
  }

  /** Adds the other candidates that are not closed. */
  void addOpen(Candidates others) {
    for (int slot = 0; slot < others.size; slot++) {
      if (!others.isClosed(slot)) {
        add(others.ordinals[slot], others.bounds[slot]);
      }
    }
  }

  private void keepLeast(int count) {
    Candidates least = least(count);
    System.arraycopy(least.ordinals, 0, ordinals, 0, least.size);
    System.arraycopy(least.bounds, 0, bounds, 0, least.size);
    size = least.size;
    beyond = bounds[size - 1];
  }

  /** Raises the bound of a candidate if the new bound is greater. */
  void raise(int slot, float bound) {
    if (bound > bounds[slot]) {
      bounds[slot] = bound;
    }
  }

  /** Marks a candidate as closed: it is measured or ruled out. */
  void close(int slot) {
    ordinals[slot] = ~ordinals[slot];
  }

  void open(int slot) {
    ordinals[slot] = ~ordinals[slot];
  }

  /** Returns the ordinals of some slots and closes the slots. */
  int[] take(int[] slots, int from, int to) {
    int[] taken = new int[to - from];
    for (int i = from; i < to; i++) {
      taken[i - from] = ordinals[slots[i]];
      close(slots[i]);
    }
    return taken;
  }

  /** Returns the ordinals of all candidates and removes all candidates. */
  int[] takeAll() {
    int[] all = Arrays.copyOf(ordinals, size);
    size = 0;
    return all;
  }

  boolean isClosed(int slot) {
    return ordinals[slot] < 0;
  }

  /** Removes some ordinals. */
  void drop(BitSet some) {
    int kept = 0;
    for (int slot = 0; slot < size; slot++) {
      if (!some.get(ordinals[slot])) {
        ordinals[kept] = ordinals[slot];
        bounds[kept++] = bounds[slot];
      }
    }
    size = kept;
  }

  /** Returns how many of the first few candidates have bounds beyond a reach. */
  int countBeyond(int few, float squaredReach) {
    int beyond = 0;
    for (int slot = 0; slot < few; slot++) {
      if (bounds[slot] > squaredReach) {
        beyond++;
      }
    }
    return beyond;
  }

  /** Removes the candidates whose bounds are beyond a reach; returns their number. */
  int dropBeyond(float squaredReach) {
    int kept = 0;
    for (int slot = 0; slot < size; slot++) {
      if (bounds[slot] <= squaredReach) {
        ordinals[kept] = ordinals[slot];
        bounds[kept++] = bounds[slot];
      }
    }
    int dropped = size - kept;
    size = kept;
    return dropped;
  }

  /** Returns a copy of up to a number of candidates, spread evenly over all. */
  Candidates spread(int count) {
    Candidates some = new Candidates(Math.min(count, size));
    for (int i = 0; i < Math.min(count, size); i++) {
      int slot = size <= count ? i : (int) ((long) i * size / count);
      some.add(ordinals[slot], bounds[slot]);
    }
    return some;
  }

  /** Returns a copy of up to a number of candidates with the least bounds, in increasing order. */
  Candidates least(int count) {
    if (size > 4 * (long) count) {
      Candidates some = new Candidates(4 * count);
      for (int slot = 0; slot < size; slot++) {
        some.offer(ordinals[slot], bounds[slot], count);
      }
      return some.least(count);
    }
    int[] order = inOrder();
    Candidates least = new Candidates(Math.min(count, size));
    for (int rank = 0; rank < Math.min(count, size); rank++) {
      least.add(ordinals[order[rank]], bounds[order[rank]]);
    }
    return least;
  }

  /**
   * Adds a candidate if it may be among those with the least bounds.
   *
   * @param count the number of candidates with the least bounds to keep
   */
  void offer(int ordinal, float bound, int count) {
    if (bound < beyond) {
      add(ordinal, bound);
      if (size >= 4 * count) {
        keepLeast(count);
      }
    }
  }

  /**
   * Returns the slots in increasing order of their bounds. If there are many, bounds that differ by
   * less than 1 part in 256 keep the order of their slots.
   */
  int[] inOrder() {
    return size <= SORTED ? sorted() : counted();
  }

  private int[] sorted() {
    long[] keys = new long[size];
    for (int slot = 0; slot < size; slot++) {
      keys[slot] = (long) key(slot) << 32 | slot;
    }
    Arrays.sort(keys);
    int[] order = new int[size];
    for (int rank = 0; rank < size; rank++) {
      order[rank] = (int) keys[rank];
    }
    return order;
  }

  private int[] counted() {
    int[] starts = new int[(Float.floatToRawIntBits(Float.MAX_VALUE) >>> DROPPED_BITS) + 2];
    for (int slot = 0; slot < size; slot++) {
      starts[(key(slot) >>> DROPPED_BITS) + 1]++;
    }
    for (int key = 1; key < starts.length; key++) {
      starts[key] += starts[key - 1];
    }
    int[] order = new int[size];
    for (int slot = 0; slot < size; slot++) {
      order[starts[key(slot) >>> DROPPED_BITS]++] = slot;
    }
    return order;
  }

  /** Positive floats are ordered as their bits are. */
  private int key(int slot) {
    return Float.floatToRawIntBits(Math.max(0f, bounds[slot]));
  }
}
