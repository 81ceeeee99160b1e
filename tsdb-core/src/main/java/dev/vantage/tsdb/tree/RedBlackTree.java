package dev.vantage.tsdb.tree;

import static dev.vantage.tsdb.tree.Nodes.LEFT;
import static dev.vantage.tsdb.tree.Nodes.NIL;
import static dev.vantage.tsdb.tree.Nodes.RIGHT;

import java.util.Arrays;
import java.util.BitSet;

/**
 * An order-statistic red-black tree of ordinals, ordered by (key, ordinal). Not thread-safe: the
 * owner guards the tree. Threads may read concurrently while none changes the tree. An ordinal is
 * an int from 0 that stands for an object elsewhere; it is in the tree once or not at all. The tree
 * does not store keys: it reads them through {@link Keys}. Many ordinals may share a key.
 *
 * <p>The algorithm is that of L. J. Guibas and R. Sedgewick, "A dichromatic framework for balanced
 * trees", FOCS 1978, doi:10.1109/SFCS.1978.3, in the form of T. H. Cormen, C. E. Leiserson, R. L.
 * Rivest and C. Stein, "Introduction to Algorithms", chapter 13, and each node stores the size of
 * its subtree (chapter 14). So the height is at most 2 log2(n + 1), and insert, delete, rank, count
 * and select cost O(log n).
 *
 * <p>Memory: 16 bytes for each ordinal from 0 to the greatest ordinal ever inserted, in the tree or
 * not, plus room to grow by half. There is no object per node. A tree that was built from sorted
 * ordinals and has not changed since consists only of their array, 4 bytes per ordinal, and is read
 * by binary search.
 */
public final class RedBlackTree {
  private static final int INITIAL_CAPACITY = 16;

  /**
   * The sampling interval when an order is checked: one in this many pairs of neighbors is
   * compared.
   */
  private static final int SAMPLED = 61;

  private final Keys keys;

  /**
   * {@link SortedOrdinals} until the first change, {@link Nodes} from then on; replaced only by the
   * owner; concurrent readers see either one completely.
   */
  private volatile Places places;

  /**
   * Creates an empty tree.
   *
   * @param keys the key of each ordinal that will be inserted
   */
  public RedBlackTree(Keys keys) {
    this(keys, new Nodes(INITIAL_CAPACITY));
  }

  private RedBlackTree(Keys keys, Places places) {
    this.keys = keys;
    this.places = places;
  }

  /**
   * Builds a tree from ordinals that are {@linkplain OrdinalSort sorted} by (key, ordinal), in
   * linear time and with each key read once.
   *
   * @param keys the key of each ordinal
   * @param ordinals the ordinals; not kept
   * @param size how many ordinals to use, from the start of the array
   * @return the tree
   * @throws IllegalArgumentException if the size is not within the array, an ordinal is negative, a
   *     key is not finite, or the ordinals are not strictly increasing by (key, ordinal)
   */
  public static RedBlackTree ofSorted(Keys keys, int[] ordinals, int size) {
    if (size < 0 || size > ordinals.length) {
      throw new IllegalArgumentException(
          "size must be from 0 to the length of ordinals: size="
              + size
              + ", length="
              + ordinals.length);
    }
    int greatest = checkSorted(keys, ordinals, size);
    return new RedBlackTree(keys, new SortedOrdinals(Arrays.copyOf(ordinals, size), greatest));
  }

  /**
   * Builds a tree from the order of an earlier tree with the same keys. Checks that all ordinals
   * are distinct, but checks the order only on samples: reading every key would dominate the cost.
   *
   * @param keys the key of each ordinal
   * @param ordinals the ordinals, which belong to the tree from now on
   * @param end a number above every ordinal
   * @return the tree
   * @throws IllegalArgumentException if an ordinal is not from 0 to the end or occurs twice, or two
   *     compared neighbors are not in order
   */
  public static RedBlackTree ofOrder(Keys keys, int[] ordinals, int end) {
    BitSet seen = new BitSet(end);
    int greatest = -1;
    for (int ordinal : ordinals) {
      if (ordinal < 0 || ordinal >= end || seen.get(ordinal)) {
        throw new IllegalArgumentException(
            "ordinals must be distinct and from 0 to the end: ordinal=" + ordinal + ", end=" + end);
      }
      seen.set(ordinal);
      greatest = Math.max(greatest, ordinal);
    }
    for (int i = 0; i + 1 < ordinals.length; i += SAMPLED) {
      checkSorted(keys, new int[] {ordinals[i], ordinals[i + 1]}, 2);
    }
    return new RedBlackTree(keys, new SortedOrdinals(ordinals, greatest));
  }

  /**
   * Links the nodes of a tree that was built from sorted ordinals, in linear time. The first change
   * would do the same; calling this method earlier makes the first change fast. Other threads may
   * read meanwhile.
   */
  public void prepareForChange() {
    if (places instanceof SortedOrdinals sorted) {
      places = sorted.toNodes();
    }
  }

  /** Returns the greatest ordinal, or -1 if there is none. */
  private static int checkSorted(Keys keys, int[] ordinals, int size) {
    int greatest = -1;
    double previousKey = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      int ordinal = checkOrdinal(ordinals[i]);
      double key = checkKey(ordinal, keys.key(ordinal));
      if (i > 0 && !KeyOrder.isBefore(previousKey, ordinals[i - 1], key, ordinal)) {
        throw new IllegalArgumentException(
            "ordinals must be strictly increasing by (key, ordinal): ordinals["
                + (i - 1)
                + "]="
                + ordinals[i - 1]
                + " with key="
                + previousKey
                + ", ordinals["
                + i
                + "]="
                + ordinal
                + " with key="
                + key);
      }
      previousKey = key;
      greatest = Math.max(greatest, ordinal);
    }
    return greatest;
  }

  /** {@return the number of ordinals in the tree} */
  public int size() {
    return places.size();
  }

  /** {@return the size of the arrays in bytes} */
  public long bytes() {
    return places.bytes();
  }

  /**
   * Looks up an ordinal by its key. Reads no key of an ordinal above the greatest one ever in the
   * tree.
   *
   * @param ordinal any int
   * @return whether it is in the tree
   */
  public boolean contains(int ordinal) {
    Places current = places;
    if (current instanceof SortedOrdinals sorted) {
      return sorted.contains(keys, ordinal);
    }
    Nodes nodes = (Nodes) current;
    if (ordinal < 0 || !nodes.isUsed(Nodes.slot(ordinal))) {
      return false;
    }
    int wanted = Nodes.slot(ordinal);
    double key = keys.key(ordinal);
    int slot = nodes.root();
    while (slot != NIL && slot != wanted) {
      slot = nodes.child(slot, sideOf(key, ordinal, slot));
    }
    return slot == wanted;
  }

  /**
   * Inserts an ordinal. If reading a key throws, the tree is unchanged.
   *
   * @param ordinal an ordinal from 0 that is not in the tree
   * @throws IllegalArgumentException if it is negative or in the tree, or its key is not finite
   */
  public void insert(int ordinal) {
    int slot = Nodes.slot(checkOrdinal(ordinal));
    Nodes nodes = nodes();
    if (nodes.isUsed(slot)) {
      throw new IllegalArgumentException(
          "ordinal must not be in the tree already: ordinal=" + ordinal);
    }
    double key = checkKey(ordinal, keys.key(ordinal));
    int parent = NIL;
    int side = LEFT;
    for (int s = nodes.root(); s != NIL; s = nodes.child(s, side)) {
      parent = s;
      side = sideOf(key, ordinal, s);
    }
    nodes.reserve(slot);
    Updates.insert(nodes, slot, parent, side);
  }

  /**
   * Removes an ordinal. No key is read.
   *
   * @param ordinal an ordinal that is in the tree
   * @throws IllegalArgumentException if the ordinal is not in the tree
   */
  public void delete(int ordinal) {
    Nodes nodes = nodes();
    if (ordinal < 0 || !nodes.isUsed(Nodes.slot(ordinal))) {
      throw new IllegalArgumentException("ordinal must be in the tree: ordinal=" + ordinal);
    }
    Updates.delete(nodes, Nodes.slot(ordinal));
  }

  /**
   * Counts the keys below a bound.
   *
   * @param key the bound; it may be infinite
   * @return how many ordinals have a key less than it
   * @throws IllegalArgumentException if the bound is NaN
   */
  public int rank(double key) {
    checkBound("key", key);
    return places.rank(keys, key, false);
  }

  /**
   * Counts the keys in a closed range.
   *
   * @param from the least key, included; it may be infinite
   * @param to the greatest key, included; it may be infinite
   * @return how many ordinals have {@code from <= key <= to}; 0 if {@code from > to}
   * @throws IllegalArgumentException if a bound is NaN
   */
  public int count(double from, double to) {
    checkBound("from", from);
    checkBound("to", to);
    Places current = places;
    return from > to ? 0 : current.rank(keys, to, true) - current.rank(keys, from, false);
  }

  /**
   * Counts the keys in a closed range up to a maximum. Cost: O(log n), and much less if the count
   * is far above the maximum.
   *
   * @param from the least key, included; it may be infinite
   * @param to the greatest key, included; it may be infinite
   * @param most the maximum to count exactly, at least 0
   * @return {@link #count count(from, to)} if that is at most {@code most}, else a number above
   *     {@code most} that is not above the count
   * @throws IllegalArgumentException if a bound is NaN
   */
  public int countUpTo(double from, double to, int most) {
    checkBound("from", from);
    checkBound("to", to);
    return from > to ? 0 : places.countUpTo(keys, from, to, most);
  }

  /**
   * Finds an ordinal by its place in the order. No key is read.
   *
   * @param rank a place, from 0
   * @return the ordinal that has this many before it
   * @throws IllegalArgumentException if the rank is not from 0 to size - 1
   */
  public int select(int rank) {
    if (rank < 0 || rank >= size()) {
      throw new IllegalArgumentException(
          "rank must be from 0 to size - 1: rank=" + rank + ", size=" + size());
    }
    Places current = places;
    return current.ordinalAt(current.select(rank));
  }

  /**
   * Copies the ordinals of a closed range of keys, in order. Cost: O(log n + the number copied).
   *
   * @param from the least key, included; it may be infinite
   * @param to the greatest key, included; it may be infinite
   * @param into the array to copy to
   * @param offset the index in {@code into} of the first ordinal
   * @return how many were copied: {@link #count count(from, to)}
   * @throws IllegalArgumentException if a bound is NaN, or {@code into} has too little room from
   *     the offset; then nothing is copied
   */
  public int collect(double from, double to, int[] into, int offset) {
    int count = count(from, to);
    if (offset < 0 || offset > into.length || count > into.length - offset) {
      throw new IllegalArgumentException(
          "into must have room from the offset for all in the range: count="
              + count
              + ", offset="
              + offset
              + ", length="
              + into.length);
    }
    Places current = places;
    int place = count == 0 ? NIL : current.firstNotBelow(keys, from);
    for (int i = 0; i < count; i++) {
      into[offset + i] = current.ordinalAt(place);
      place = current.neighbor(place, RIGHT);
    }
    return count;
  }

  /**
   * Checks the whole tree: order, colors, sizes, links, height, and that keys are finite. Detects a
   * key that changed while its ordinal was in the tree, if the key is now out of order. Cost:
   * linear in the capacity.
   *
   * @throws IllegalStateException if the tree is damaged; the message says where
   */
  public void checkInvariants() {
    Places current = places;
    TreeInvariants.check(
        current instanceof SortedOrdinals sorted ? sorted.toNodes() : (Nodes) current, keys);
  }

  /** Returns the nodes, which the caller may change. */
  Nodes nodes() {
    prepareForChange();
    return (Nodes) places;
  }

  /** Returns the side of a node on which another ordinal belongs. */
  private int sideOf(double key, int ordinal, int slot) {
    return KeyOrder.isBefore(key, ordinal, keys.key(Nodes.ordinal(slot)), Nodes.ordinal(slot))
        ? LEFT
        : RIGHT;
  }

  private static int checkOrdinal(int ordinal) {
    if (ordinal < 0 || ordinal > Nodes.MAX_ORDINAL) {
      throw new IllegalArgumentException(
          "ordinal must be from 0 to " + Nodes.MAX_ORDINAL + ": ordinal=" + ordinal);
    }
    return ordinal;
  }

  private static double checkKey(int ordinal, double key) {
    if (!Double.isFinite(key)) {
      throw new IllegalArgumentException("key must be finite: key=" + key + ", ordinal=" + ordinal);
    }
    return key;
  }

  private static void checkBound(String name, double bound) {
    if (Double.isNaN(bound)) {
      throw new IllegalArgumentException(name + " must be a number: " + name + "=NaN");
    }
  }
}
