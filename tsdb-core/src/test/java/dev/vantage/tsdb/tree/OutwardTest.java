package dev.vantage.tsdb.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.Seeds;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutwardTest {
  @Test
  void distancesAreThoseOfAllOrdinalsSorted() {
    Random random = Seeds.random("outward");
    for (int repeat = 0; repeat < 200; repeat++) {
      double[] keys = random.doubles(1 + random.nextInt(300)).toArray();
      double origin = random.nextDouble() * 1.5 - 0.25;
      double[] expected = Arrays.stream(keys).map(k -> Math.abs(k - origin)).sorted().toArray();
      double[] found = new double[keys.length];
      boolean[] seen = new boolean[keys.length];
      Outward walk = treeOf(keys).outward(origin);
      for (int i = 0; i < found.length; i++) {
        assertTrue(walk.next());
        found[i] = walk.distance();
        assertFalse(seen[walk.ordinal()], "seen twice");
        seen[walk.ordinal()] = true;
      }
      assertFalse(walk.next());
      assertArrayEquals(expected, found);
    }
  }

  @Test
  void tiesComeFromAboveFirstAndAwayFromTheOrigin() {
    RedBlackTree tree = treeOf(4, 6, 5, 5, 4, 6);
    assertArrayEquals(new int[] {2, 3, 1, 5, 4, 0}, walk(tree.outward(5)));
    assertArrayEquals(new int[] {0, 4, 2, 3, 1, 5}, walk(tree.outward(0)));
    assertArrayEquals(new int[] {5, 1, 3, 2, 4, 0}, walk(tree.outward(9)));
  }

  @Test
  void differencesMayOverflow() {
    double max = Double.MAX_VALUE;
    RedBlackTree tree = treeOf(-max, -max / 2, max / 2, max);
    assertArrayEquals(new int[] {0, 1, 2, 3}, walk(tree.outward(-max)));
    assertArrayEquals(new int[] {3, 2, 1, 0}, walk(tree.outward(max)));
    assertArrayEquals(new int[] {2, 1, 3, 0}, walk(tree.outward(0)));
  }

  @Test
  void aDistanceIsNeverNegativeZero() {
    Outward walk = treeOf(-0.0).outward(0.0);
    assertTrue(walk.next());
    assertEquals(0L, Double.doubleToRawLongBits(walk.distance()));
  }

  @Test
  void anEmptyTreeIsWalkedAtOnce() {
    assertFalse(treeOf().outward(1).next());
    assertFalse(new RedBlackTree(o -> o).outward(1).next());
  }

  @Test
  void beforeTheFirstStepAndAfterTheLastThereIsNoOrdinal() {
    Outward walk = treeOf(1).outward(1);
    assertThrows(IllegalStateException.class, walk::ordinal);
    assertThrows(IllegalStateException.class, walk::distance);
    assertTrue(walk.next());
    assertEquals(0, walk.ordinal());
    assertFalse(walk.next());
    assertThrows(IllegalStateException.class, walk::ordinal);
    assertThrows(IllegalStateException.class, walk::distance);
  }

  @Test
  void aWalkEndsWhenTheTreeChanges() {
    RedBlackTree tree = new RedBlackTree(o -> o);
    tree.insert(1);
    Outward first = tree.outward(1);
    tree.insert(2);
    assertThrows(ConcurrentModificationException.class, first::next);
    Outward second = tree.outward(1);
    assertTrue(second.next());
    tree.delete(2);
    assertThrows(ConcurrentModificationException.class, second::next);
  }

  private static RedBlackTree treeOf(double... keys) {
    int[] ordinals = IntStream.range(0, keys.length).toArray();
    OrdinalSort.sort(ordinals, 0, ordinals.length, o -> keys[o]);
    return RedBlackTree.ofSorted(o -> keys[o], ordinals, ordinals.length);
  }

  private static int[] walk(Outward walk) {
    IntStream.Builder ordinals = IntStream.builder();
    while (walk.next()) {
      ordinals.add(walk.ordinal());
    }
    return ordinals.build().toArray();
  }
}
