package dev.vantage.tsdb.tree;

import java.util.Arrays;

/**
 * The nodes of a tree as four packed arrays of int, 16 bytes per node. A node is a slot, its
 * ordinal plus one; slot 0 is the sentinel nil, which is black and has size 0. A slot that is not
 * in the tree also has size 0. Not thread-safe.
 */
final class Nodes implements Places {
  static final int NIL = 0;
  static final int LEFT = 0;
  static final int RIGHT = 1;

  /** The longest array that every JVM can make. */
  static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;

  static final int MAX_ORDINAL = MAX_CAPACITY - 2;

  private static final int RED_BIT = 1 << 31;

  private int[] left;
  private int[] right;
  private int[] parent;

  /** The size of the subtree; the high bit is set if the node is red. */
  private int[] sizeAndColor;

  private int root = NIL;

  Nodes(int capacity) {
    left = new int[capacity];
    right = new int[capacity];
    parent = new int[capacity];
    sizeAndColor = new int[capacity];
  }

  static int slot(int ordinal) {
    return ordinal + 1;
  }

  static int ordinal(int slot) {
    return slot - 1;
  }

  static int opposite(int side) {
    return 1 - side;
  }

  int capacity() {
    return sizeAndColor.length;
  }

  /** Grows the arrays so that they have a slot. */
  void reserve(int slot) {
    if (slot >= capacity()) {
      int capacity = grown(capacity(), slot);
      left = Arrays.copyOf(left, capacity);
      right = Arrays.copyOf(right, capacity);
      parent = Arrays.copyOf(parent, capacity);
      // Last, because its length is the capacity: running out of memory above does no harm.
      sizeAndColor = Arrays.copyOf(sizeAndColor, capacity);
    }
  }

  /** Returns 1.5 times the capacity, or more if the slot needs it. */
  static int grown(int capacity, int slot) {
    long wanted = Math.max(capacity + capacity / 2L, slot + 1L);
    return (int) Math.min(wanted, MAX_CAPACITY);
  }

  @Override
  public long bytes() {
    return 4L * Integer.BYTES * capacity();
  }

  int root() {
    return root;
  }

  void setRoot(int slot) {
    root = slot;
  }

  int left(int slot) {
    return left[slot];
  }

  int right(int slot) {
    return right[slot];
  }

  int child(int slot, int side) {
    return side == LEFT ? left[slot] : right[slot];
  }

  int parent(int slot) {
    return parent[slot];
  }

  /** Returns the side of its parent on which a slot other than the root is linked. */
  int side(int slot) {
    return slot == left[parent[slot]] ? LEFT : RIGHT;
  }

  /** Sets the link downwards only. */
  void setChild(int slot, int side, int child) {
    if (side == LEFT) {
      left[slot] = child;
    } else {
      right[slot] = child;
    }
  }

  void setParent(int slot, int newParent) {
    parent[slot] = newParent;
  }

  /** Sets the link in both directions. */
  void join(int slot, int side, int child) {
    setChild(slot, side, child);
    parent[child] = slot;
  }

  int size(int slot) {
    return sizeAndColor[slot] & ~RED_BIT;
  }

  void setSize(int slot, int size) {
    sizeAndColor[slot] = size | (sizeAndColor[slot] & RED_BIT);
  }

  /** Adds to the sizes of a slot and of all above it. */
  void addToSizesFrom(int slot, int difference) {
    for (int s = slot; s != NIL; s = parent[s]) {
      // The size occupies the low bits and stays in its range, so the color is not touched.
      sizeAndColor[s] += difference;
    }
  }

  boolean isRed(int slot) {
    return sizeAndColor[slot] < 0;
  }

  boolean isBlack(int slot) {
    return sizeAndColor[slot] >= 0;
  }

  void paintRed(int slot) {
    sizeAndColor[slot] |= RED_BIT;
  }

  void paintBlack(int slot) {
    sizeAndColor[slot] &= ~RED_BIT;
  }

  void paintLike(int slot, int model) {
    sizeAndColor[slot] = size(slot) | (sizeAndColor[model] & RED_BIT);
  }

  /** Returns whether a slot is in the tree. Any int is allowed. */
  boolean isUsed(int slot) {
    return slot > NIL && slot < capacity() && sizeAndColor[slot] != 0;
  }

  void clear(int slot) {
    left[slot] = NIL;
    right[slot] = NIL;
    parent[slot] = NIL;
    sizeAndColor[slot] = 0;
  }

  /**
   * Returns the last slot on one side of a subtree: its minimum or maximum, or nil if the subtree
   * is empty.
   */
  int extreme(int slot, int side) {
    int last = slot;
    while (child(last, side) != NIL) {
      last = child(last, side);
    }
    return last;
  }

  @Override
  public int size() {
    return size(root);
  }

  @Override
  public int ordinalAt(int place) {
    return ordinal(place);
  }

  @Override
  public int select(int rank) {
    int slot = root;
    int toSkip = rank;
    while (toSkip != size(left[slot])) {
      if (toSkip < size(left[slot])) {
        slot = left[slot];
      } else {
        toSkip -= size(left[slot]) + 1;
        slot = right[slot];
      }
    }
    return slot;
  }

  @Override
  public int firstNotBelow(Keys keys, double bound) {
    int first = NIL;
    for (int slot = root; slot != NIL; ) {
      if (keys.key(ordinal(slot)) < bound) {
        slot = right[slot];
      } else {
        first = slot;
        slot = left[slot];
      }
    }
    return first;
  }

  @Override
  public int rank(Keys keys, double bound, boolean including) {
    int rank = 0;
    for (int slot = root; slot != NIL; ) {
      double key = keys.key(ordinal(slot));
      if (key < bound || including && key == bound) {
        rank += size(left[slot]) + 1;
        slot = right[slot];
      } else {
        slot = left[slot];
      }
    }
    return rank;
  }

  @Override
  public int countUpTo(Keys keys, double from, double to, int most) {
    int slot = root;
    while (slot != NIL) {
      double key = keys.key(ordinal(slot));
      if (key < from) {
        slot = right[slot];
      } else if (key > to) {
        slot = left[slot];
      } else {
        int count = 1 + countFrom(keys, left[slot], from, most - 1);
        return count > most ? count : count + countTo(keys, right[slot], to, most - count);
      }
    }
    return 0;
  }

  /**
   * Returns how many nodes of a subtree have a key not below a bound, or any number above {@code
   * most}.
   */
  private int countFrom(Keys keys, int root, double from, int most) {
    int count = 0;
    for (int slot = root; slot != NIL && count <= most; ) {
      if (keys.key(ordinal(slot)) >= from) {
        count += size(right[slot]) + 1;
        slot = left[slot];
      } else {
        slot = right[slot];
      }
    }
    return count;
  }

  /**
   * Returns how many nodes of a subtree have a key not above a bound, or any number above {@code
   * most}.
   */
  private int countTo(Keys keys, int root, double to, int most) {
    int count = 0;
    for (int slot = root; slot != NIL && count <= most; ) {
      if (keys.key(ordinal(slot)) <= to) {
        count += size(left[slot]) + 1;
        slot = right[slot];
      } else {
        slot = left[slot];
      }
    }
    return count;
  }

  /** Returns the predecessor or successor of a slot, or nil. */
  @Override
  public int neighbor(int slot, int side) {
    if (child(slot, side) != NIL) {
      return extreme(child(slot, side), opposite(side));
    }
    int below = slot;
    int above = parent[slot];
    while (above != NIL && below == child(above, side)) {
      below = above;
      above = parent[above];
    }
    return above;
  }
}
