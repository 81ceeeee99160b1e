package dev.vantage.tsdb.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.TreeSet;

/** The slow oracle of a tree: scans all ordinals. */
final class SlowTree {
  private final double[] keys;
  private final TreeSet<Integer> ordinals;

  SlowTree(double[] keys) {
    this.keys = keys;
    this.ordinals =
        new TreeSet<>(Comparator.<Integer>comparingDouble(o -> keys[o]).thenComparing(o -> o));
  }

  boolean insert(int ordinal) {
    return ordinals.add(ordinal);
  }

  boolean delete(int ordinal) {
    return ordinals.remove(ordinal);
  }

  int size() {
    return ordinals.size();
  }

  int[] inOrder() {
    return ordinals.stream().mapToInt(o -> o).toArray();
  }

  int[] inRange(double from, double to) {
    return ordinals.stream()
        .mapToInt(o -> o)
        .filter(o -> from <= keys[o] && keys[o] <= to)
        .toArray();
  }

  int rank(double key) {
    return (int) ordinals.stream().filter(o -> keys[o] < key).count();
  }

  /** Compares all operations of both, at keys of the table, between them and beyond them. */
  void assertAgrees(RedBlackTree tree, Random random) {
    tree.checkInvariants();
    int[] inOrder = inOrder();
    assertEquals(inOrder.length, tree.size());
    for (int rank = 0; rank < inOrder.length; rank++) {
      assertEquals(inOrder[rank], tree.select(rank));
    }
    for (int ordinal = 0; ordinal < keys.length; ordinal++) {
      assertEquals(ordinals.contains(ordinal), tree.contains(ordinal));
    }
    for (int i = 0; i < 3; i++) {
      double from = bound(random);
      double to = bound(random);
      assertEquals(rank(from), tree.rank(from));
      assertCollects(tree, from, to, random.nextInt(4));
    }
    assertCollects(tree, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0);
  }

  private void assertCollects(RedBlackTree tree, double from, double to, int offset) {
    int[] expected = inRange(from, to);
    assertEquals(expected.length, tree.count(from, to));
    for (int most = 0; most <= expected.length + 1; most += 1 + most / 2) {
      int count = tree.countUpTo(from, to, most);
      if (expected.length <= most) {
        assertEquals(expected.length, count);
      } else {
        assertTrue(most < count && count <= expected.length, "count=" + count + ", most=" + most);
      }
    }
    int[] into = new int[offset + expected.length + 1];
    Arrays.fill(into, -7);
    assertEquals(expected.length, tree.collect(from, to, into, offset));
    int end = offset + expected.length;
    assertArrayEquals(expected, Arrays.copyOfRange(into, offset, end));
    assertTrue(Arrays.stream(into, 0, offset).allMatch(o -> o == -7), "written before the offset");
    assertEquals(-7, into[end], "written after the range");
  }

  private double bound(Random random) {
    double key = keys[random.nextInt(keys.length)];
    return switch (random.nextInt(4)) {
      case 0 -> key + 0.25;
      case 1 -> key + random.nextGaussian() * 3;
      default -> key;
    };
  }
}
