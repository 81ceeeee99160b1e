package dev.vantage.tsdb.tree;

import java.util.Arrays;

/**
 * A tree that has not changed since it was built: its ordinals in order, 4 bytes each. A place is
 * an index plus one. Immutable.
 */
final class SortedOrdinals implements Places {
  private final int[] ordinals;
  private final int greatest;

  /**
   * Creates a tree of ordinals in order.
   *
   * @param ordinals the ordinals; must not be changed afterwards
   * @param greatest the greatest ordinal, or -1
   */
  SortedOrdinals(int[] ordinals, int greatest) {
    this.ordinals = ordinals;
    this.greatest = greatest;
  }

  @Override
  public int size() {
    return ordinals.length;
  }

  @Override
  public int ordinalAt(int place) {
    return ordinals[place - 1];
  }

  @Override
  public int neighbor(int place, int side) {
    int next = side == Nodes.RIGHT ? place + 1 : place - 1;
    return next <= ordinals.length ? next : Nodes.NIL;
  }

  @Override
  public int select(int rank) {
    return rank + 1;
  }

  @Override
  public int firstNotBelow(Keys keys, double bound) {
    int rank = rank(keys, bound, false);
    return rank < ordinals.length ? rank + 1 : Nodes.NIL;
  }

  @Override
  public int rank(Keys keys, double bound, boolean including) {
    int low = 0;
    int high = ordinals.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      double key = keys.key(ordinals[middle]);
      if (key < bound || including && key == bound) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Alternates between the binary searches for the start and for the end of the range. */
  @Override
  public int countUpTo(Keys keys, double from, double to, int most) {
    int beginLow = 0;
    int beginHigh = ordinals.length;
    int endLow = 0;
    int endHigh = ordinals.length;
    while ((beginLow < beginHigh || endLow < endHigh) && endLow - beginHigh <= most) {
      if (beginHigh - beginLow > endHigh - endLow) {
        int middle = (beginLow + beginHigh) >>> 1;
        if (keys.key(ordinals[middle]) < from) {
          beginLow = middle + 1;
          endLow = Math.max(endLow, beginLow);
        } else {
          beginHigh = middle;
        }
      } else {
        int middle = (endLow + endHigh) >>> 1;
        if (keys.key(ordinals[middle]) <= to) {
          endLow = middle + 1;
        } else {
          endHigh = middle;
          beginHigh = Math.min(beginHigh, endHigh);
        }
      }
    }
    return endLow - beginHigh;
  }

  boolean contains(Keys keys, int ordinal) {
    if (ordinal < 0 || ordinal > greatest) {
      return false;
    }
    double key = keys.key(ordinal);
    int low = rank(keys, key, false);
    int high = rank(keys, key, true);
    return Arrays.binarySearch(ordinals, low, high, ordinal) >= 0;
  }

  @Override
  public long bytes() {
    return (long) ordinals.length * Integer.BYTES;
  }

  /** Builds the tree with the least height, in linear time. */
  Nodes toNodes() {
    Nodes nodes = new Nodes(Math.max(Nodes.slot(greatest) + 1, 1));
    // Nodes of the last level are red, if that level is not full; all levels above are full and
    // black.
    int redLevel = 31 - Integer.numberOfLeadingZeros(ordinals.length + 1);
    nodes.setRoot(build(nodes, 0, ordinals.length, redLevel));
    return nodes;
  }

  /** Builds the subtree of ordinals[from..to) and returns its root, whose parent is not set yet. */
  private int build(Nodes nodes, int from, int to, int levelsToRed) {
    if (from == to) {
      return Nodes.NIL;
    }
    int middle = (from + to) >>> 1;
    int slot = Nodes.slot(ordinals[middle]);
    int left = build(nodes, from, middle, levelsToRed - 1);
    int right = build(nodes, middle + 1, to, levelsToRed - 1);
    nodes.setSize(slot, to - from);
    if (left != Nodes.NIL) {
      nodes.join(slot, Nodes.LEFT, left);
    }
    if (right != Nodes.NIL) {
      nodes.join(slot, Nodes.RIGHT, right);
    }
    if (levelsToRed == 0) {
      nodes.paintRed(slot);
    }
    return slot;
  }
}
