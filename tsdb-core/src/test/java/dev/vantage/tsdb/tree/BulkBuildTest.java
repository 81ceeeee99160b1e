package dev.vantage.tsdb.tree;

import static dev.vantage.tsdb.tree.RedBlackTreeTest.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.testkit.Seeds;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A damaged tree may loop: the deadline makes that a failure. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BulkBuildTest {
  @Test
  void treesOfEverySmallSizeAreRightAndStayRight() {
    Random random = Seeds.random("bulk build of small sizes");
    for (int size = 0; size <= 300; size++) {
      assertBuilds(random, size, 1 + random.nextInt(100), 20);
    }
  }

  @Test
  void largeTreesAreRightAndStayRight() {
    Random random = Seeds.random("bulk build of large sizes");
    for (int repeat = 0; repeat < 5; repeat++) {
      assertBuilds(random, 1_000 + random.nextInt(20_000), 1 + random.nextInt(50_000), 3_000);
    }
  }

  /** Half of the keys belong to ordinals that are inserted later or never. */
  private static void assertBuilds(Random random, int size, int distinctKeys, int changes) {
    double[] keys = RedBlackTreeTest.randomKeys(random, 2 * size + 1, distinctKeys);
    SlowTree slow = new SlowTree(keys);
    while (slow.size() < size) {
      slow.insert(random.nextInt(keys.length));
    }
    int[] ordinals = slow.inOrder();
    RedBlackTree tree = RedBlackTree.ofSorted(o -> keys[o], ordinals, size);
    slow.assertAgrees(tree, random);
    int height = RedBlackTreeTest.height(tree.nodes(), tree.nodes().root());
    assertEquals(32 - Integer.numberOfLeadingZeros(size), height, "a full tree is the lowest");
    for (int change = 0; change < changes; change++) {
      RedBlackTreeTest.changeBoth(slow, tree, random.nextInt(keys.length));
      if (size <= 300) {
        tree.checkInvariants();
      }
    }
    slow.assertAgrees(tree, random);
  }

  @Test
  void onlyTheStartOfTheArrayIsRead() {
    int[] ordinals = {0, 1, 2, -5, -5};
    RedBlackTree tree = RedBlackTree.ofSorted(o -> o, ordinals, 3);
    ordinals[0] = 99;
    tree.checkInvariants();
    assertEquals(3, tree.size());
    assertTrue(tree.contains(0));
    assertFalse(tree.contains(99));
  }

  @Test
  void whatIsNotSortedIsRefusedAndThePlaceNamed() {
    Keys keys = o -> o / 2;
    String rule = "ordinals must be strictly increasing by (key, ordinal): ";
    assertRefused(
        rule + "ordinals[1]=5 with key=2.0, ordinals[2]=3 with key=1.0",
        () -> RedBlackTree.ofSorted(keys, new int[] {0, 5, 3, 8}, 4));
    assertRefused(
        rule + "ordinals[1]=3 with key=1.0, ordinals[2]=2 with key=1.0",
        () -> RedBlackTree.ofSorted(keys, new int[] {0, 3, 2}, 3));
    assertRefused(
        rule + "ordinals[0]=4 with key=2.0, ordinals[1]=4 with key=2.0",
        () -> RedBlackTree.ofSorted(keys, new int[] {4, 4}, 2));
  }

  @Test
  void whatCannotBeInATreeIsRefused() {
    assertRefused(
        "ordinal must be from 0 to 2147483637: ordinal=-3",
        () -> RedBlackTree.ofSorted(o -> o, new int[] {-3, 0}, 2));
    assertRefused(
        "key must be finite: key=NaN, ordinal=1",
        () -> RedBlackTree.ofSorted(o -> o == 1 ? Double.NaN : o, new int[] {0, 1}, 2));
    assertRefused(
        "key must be finite: key=-Infinity, ordinal=0",
        () -> RedBlackTree.ofSorted(o -> -1 / 0.0, new int[] {0}, 1));
    for (int size : new int[] {-1, 3}) {
      assertRefused(
          "size must be from 0 to the length of ordinals: size=" + size + ", length=2",
          () -> RedBlackTree.ofSorted(o -> o, new int[] {0, 1}, size));
    }
  }

  @Test
  void eachKeyIsReadOnce() {
    int[] reads = new int[1_000];
    Keys counting =
        o -> {
          reads[o]++;
          return o;
        };
    RedBlackTree.ofSorted(counting, IntStream.range(0, 1_000).toArray(), 1_000);
    assertTrue(IntStream.of(reads).allMatch(r -> r == 1));
  }
}
