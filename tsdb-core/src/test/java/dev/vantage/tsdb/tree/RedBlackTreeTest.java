package dev.vantage.tsdb.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.testkit.Seeds;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A damaged tree may loop: the deadline makes that a failure. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RedBlackTreeTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 30, 1_000_000})
  void smallTreesAgreeWithSlowOnesAfterEveryChange(int distinctKeys) {
    Random random = Seeds.random("small trees, distinct keys " + distinctKeys);
    for (int repeat = 0; repeat < 40; repeat++) {
      double[] keys = randomKeys(random, 1 + random.nextInt(60), distinctKeys);
      SlowTree slow = new SlowTree(keys);
      RedBlackTree tree = new RedBlackTree(o -> keys[o]);
      slow.assertAgrees(tree, random);
      for (int step = 0; step < 150; step++) {
        changeBoth(slow, tree, random.nextInt(keys.length));
        slow.assertAgrees(tree, random);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 500, 1_000_000_000})
  void largeTreesAgreeWithSlowOnes(int distinctKeys) {
    Random random = Seeds.random("large trees, distinct keys " + distinctKeys);
    double[] keys = randomKeys(random, 20_000, distinctKeys);
    SlowTree slow = new SlowTree(keys);
    RedBlackTree tree = new RedBlackTree(o -> keys[o]);
    for (int step = 0; step < 100_000; step++) {
      changeBoth(slow, tree, random.nextInt(keys.length));
      if (step % 2_000 == 0) {
        slow.assertAgrees(tree, random);
      }
    }
    slow.assertAgrees(tree, random);
    for (int ordinal : slow.inOrder()) {
      changeBoth(slow, tree, ordinal);
    }
    slow.assertAgrees(tree, random);
    assertEquals(0, tree.size());
  }

  @Test
  void anyTwoCanBeDeletedFromASmallTree() {
    // Tests every shape of ascending insertion, without any one or two nodes.
    double[] keys = new double[40];
    Arrays.setAll(keys, i -> i);
    Random random = Seeds.random("small deletions");
    for (int size = 1; size <= keys.length; size++) {
      for (int first = 0; first < size; first++) {
        for (int second = 0; second < size; second++) {
          RedBlackTree tree = ascending(keys, size);
          tree.delete(first);
          tree.checkInvariants();
          if (second != first) {
            tree.delete(second);
            tree.checkInvariants();
          }
          assertEquals(size - (second == first ? 1 : 2), tree.size());
          int probe = random.nextInt(size);
          assertEquals(probe != first && probe != second, tree.contains(probe));
        }
      }
    }
  }

  @Test
  void sequencesInAndOutAreBalanced() {
    int size = 200_000;
    IntUnaryOperator up = i -> i;
    IntUnaryOperator down = i -> size - 1 - i;
    for (IntUnaryOperator in : new IntUnaryOperator[] {up, down}) {
      for (IntUnaryOperator out : new IntUnaryOperator[] {up, down}) {
        RedBlackTree tree = new RedBlackTree(o -> o / 3);
        for (int i = 0; i < size; i++) {
          tree.insert(in.applyAsInt(i));
        }
        assertBalanced(tree, size);
        for (int i = 0; i < size; i++) {
          tree.delete(out.applyAsInt(i));
          if (i % 40_000 == 20_000) {
            assertBalanced(tree, size - 1 - i);
          }
        }
        assertBalanced(tree, 0);
      }
    }
  }

  @Test
  void ordinalsMayBeSparse() {
    Random random = Seeds.random("sparse ordinals");
    RedBlackTree tree = new RedBlackTree(o -> o % 97);
    int[] ordinals = random.ints(300, 0, 2_000_000).distinct().toArray();
    for (int ordinal : ordinals) {
      tree.insert(ordinal);
    }
    tree.checkInvariants();
    int[] expected = ordinals.clone();
    OrdinalSort.sort(expected, 0, expected.length, o -> o % 97);
    int[] found = new int[ordinals.length];
    assertEquals(ordinals.length, tree.collect(0, 96, found, 0));
    assertArrayEquals(expected, found);
  }

  @Test
  void aKeyMayChangeWhileItsOrdinalIsOut() {
    double[] keys = {1, 2, 3};
    RedBlackTree tree = ascending(keys, 3);
    tree.delete(0);
    keys[0] = 10;
    tree.insert(0);
    tree.checkInvariants();
    assertEquals(0, tree.select(2));
  }

  @Test
  void theKeyOfAnAbsentOrdinalIsNotRead() {
    double[] keys = {1, 2, 3};
    RedBlackTree tree = ascending(keys, 3);
    assertFalse(tree.contains(3));
    assertFalse(tree.contains(12));
    assertFalse(tree.contains(1_000));
    assertFalse(tree.contains(-1));
    assertFalse(tree.contains(Integer.MAX_VALUE));
    assertFalse(tree.contains(Integer.MIN_VALUE));
  }

  @Test
  void negativeZeroIsZero() {
    double[] keys = {0.0, -0.0, 0.0};
    RedBlackTree tree = ascending(keys, 3);
    tree.checkInvariants();
    assertEquals(0, tree.select(0));
    assertEquals(3, tree.count(0.0, -0.0));
    assertEquals(0, tree.rank(0.0));
  }

  @Test
  void boundsMayBeInfiniteAndCrossed() {
    RedBlackTree tree = ascending(new double[] {1, 2, 3}, 3);
    double infinity = Double.POSITIVE_INFINITY;
    assertEquals(0, tree.rank(-infinity));
    assertEquals(3, tree.rank(infinity));
    assertEquals(3, tree.count(-infinity, infinity));
    assertEquals(0, tree.count(infinity, -infinity));
    assertEquals(0, tree.count(3, 1));
    assertEquals(0, tree.collect(3, 1, new int[0], 0));
  }

  @Test
  void aRefusedChangeChangesNothing() {
    double[] keys = {1, Double.NaN, 3, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 2};
    RedBlackTree tree = new RedBlackTree(o -> keys[o]);
    tree.insert(0);
    tree.insert(2);
    assertRefused("ordinal must not be in the tree already: ordinal=2", () -> tree.insert(2));
    assertRefused("ordinal must be from 0 to 2147483637: ordinal=-1", () -> tree.insert(-1));
    assertRefused(
        "ordinal must be from 0 to 2147483637: ordinal=2147483647",
        () -> tree.insert(Integer.MAX_VALUE));
    assertRefused("key must be finite: key=NaN, ordinal=1", () -> tree.insert(1));
    assertRefused("key must be finite: key=Infinity, ordinal=3", () -> tree.insert(3));
    assertRefused("key must be finite: key=-Infinity, ordinal=4", () -> tree.insert(4));
    assertThrows(ArrayIndexOutOfBoundsException.class, () -> tree.insert(6));
    for (int absent : new int[] {5, -1, 1_000_000, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      assertRefused("ordinal must be in the tree: ordinal=" + absent, () -> tree.delete(absent));
    }
    tree.checkInvariants();
    assertEquals(2, tree.size());
    tree.delete(0);
    assertRefused("ordinal must be in the tree: ordinal=0", () -> tree.delete(0));
  }

  @Test
  void questionsWithoutAnAnswerAreRefused() {
    RedBlackTree tree = ascending(new double[] {1, 2, 3}, 3);
    double nan = Double.NaN;
    assertRefused("key must be a number: key=NaN", () -> tree.rank(nan));
    assertRefused("from must be a number: from=NaN", () -> tree.count(nan, 1));
    assertRefused("to must be a number: to=NaN", () -> tree.count(1, nan));
    assertRefused("from must be a number: from=NaN", () -> tree.collect(nan, 1, new int[3], 0));
    assertRefused("rank must be from 0 to size - 1: rank=-1, size=3", () -> tree.select(-1));
    assertRefused("rank must be from 0 to size - 1: rank=3, size=3", () -> tree.select(3));
  }

  @Test
  void collectingNeedsRoomAndElseWritesNothing() {
    RedBlackTree tree = ascending(new double[] {1, 2, 3}, 3);
    int[] into = {-7, -7, -7};
    String rule = "into must have room from the offset for all in the range: ";
    assertRefused(rule + "count=3, offset=1, length=3", () -> tree.collect(1, 3, into, 1));
    assertRefused(rule + "count=1, offset=-1, length=3", () -> tree.collect(1, 1, into, -1));
    assertRefused(rule + "count=0, offset=4, length=3", () -> tree.collect(9, 9, into, 4));
    assertArrayEquals(new int[] {-7, -7, -7}, into);
    assertEquals(0, tree.collect(9, 9, into, 3));
  }

  @Test
  void capacityGrowsByHalfUpToTheLongestArray() {
    assertEquals(24, Nodes.grown(16, 16));
    assertEquals(101, Nodes.grown(16, 100));
    assertEquals(2, Nodes.grown(1, 1));
    assertEquals(Nodes.MAX_CAPACITY, Nodes.grown(2_000_000_000, 2_000_000_000));
    int last = Nodes.slot(Nodes.MAX_ORDINAL);
    assertEquals(Nodes.MAX_CAPACITY, Nodes.grown(16, last));
    assertTrue(last < Nodes.MAX_CAPACITY);
  }

  static double[] randomKeys(Random random, int size, int distinct) {
    return random.ints(size, 0, distinct).asDoubleStream().toArray();
  }

  static void changeBoth(SlowTree slow, RedBlackTree tree, int ordinal) {
    if (slow.insert(ordinal)) {
      tree.insert(ordinal);
    } else {
      slow.delete(ordinal);
      tree.delete(ordinal);
    }
  }

  static int height(Nodes nodes, int slot) {
    return slot == Nodes.NIL
        ? 0
        : 1 + Math.max(height(nodes, nodes.left(slot)), height(nodes, nodes.right(slot)));
  }

  static void assertRefused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  private static void assertBalanced(RedBlackTree tree, int size) {
    assertEquals(size, tree.size());
    tree.checkInvariants();
    int height = height(tree.nodes(), tree.nodes().root());
    double bound = 2 * Math.log(size + 1.0) / Math.log(2);
    assertTrue(height <= bound, () -> "height=" + height + ", bound=" + bound);
  }

  private static RedBlackTree ascending(double[] keys, int size) {
    RedBlackTree tree = new RedBlackTree(o -> keys[o]);
    for (int ordinal = 0; ordinal < size; ordinal++) {
      tree.insert(ordinal);
    }
    return tree;
  }
}
