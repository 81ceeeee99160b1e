package dev.vantage.tsdb.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.testkit.Seeds;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrdinalSortTest {
  @Test
  void sortsAsTheLibraryDoesAndLeavesTheRestAlone() {
    Random random = Seeds.random("sort");
    for (int size = 0; size < 400; size++) {
      assertSorts(random, size, 1 + random.nextInt(2 * size + 2));
    }
    for (int repeat = 0; repeat < 5; repeat++) {
      assertSorts(random, 5_000 + random.nextInt(50_000), 1 + random.nextInt(100_000));
    }
  }

  private static void assertSorts(Random random, int size, int distinctKeys) {
    double[] keys = RedBlackTreeTest.randomKeys(random, size, distinctKeys);
    int[] ordinals = shuffled(random, size);
    int from = random.nextInt(size / 4 + 1);
    int to = size - random.nextInt(size / 4 + 1);
    int[] expected = ordinals.clone();
    int[] part =
        IntStream.of(ordinals)
            .skip(from)
            .limit(to - from)
            .boxed()
            .sorted(Comparator.<Integer>comparingDouble(o -> keys[o]).thenComparing(o -> o))
            .mapToInt(o -> o)
            .toArray();
    System.arraycopy(part, 0, expected, from, part.length);
    OrdinalSort.sort(ordinals, from, to, o -> keys[o]);
    assertArrayEquals(expected, ordinals);
  }

  @Test
  void readsFewKeysWhateverTheOrder() {
    int size = 100_000;
    Random random = Seeds.random("sort cost");
    int[] mixed = shuffled(random, size);
    int[] falling = IntStream.range(0, size).map(i -> size - 1 - i).toArray();
    int[] upThenDown =
        IntStream.range(0, size).map(i -> i < size / 2 ? 2 * i : 2 * (size - i) - 1).toArray();
    // Insertion within runs of 16 reads at most 8.5 keys an ordinal, merging 13 times 1 and a bit.
    for (int[] ordinals : new int[][] {mixed, falling, upThenDown}) {
      assertTrue(reads(ordinals) < 24L * size, () -> "reads=" + reads(ordinals));
    }
    int[] sorted = IntStream.range(0, size).toArray();
    assertTrue(reads(sorted) < 5L * size, "a sorted array is read in linear time");
  }

  private static long reads(int[] ordinals) {
    long[] reads = {0};
    int[] copy = ordinals.clone();
    OrdinalSort.sort(
        copy,
        0,
        copy.length,
        o -> {
          reads[0]++;
          return o;
        });
    return reads[0];
  }

  @Test
  void aPartBeyondTheArrayIsRefused() {
    int[] ordinals = {2, 1};
    assertThrows(IndexOutOfBoundsException.class, () -> OrdinalSort.sort(ordinals, 0, 3, o -> o));
    assertThrows(IndexOutOfBoundsException.class, () -> OrdinalSort.sort(ordinals, -1, 2, o -> o));
    assertThrows(IndexOutOfBoundsException.class, () -> OrdinalSort.sort(ordinals, 2, 1, o -> o));
    assertArrayEquals(new int[] {2, 1}, ordinals);
  }

  private static int[] shuffled(Random random, int size) {
    int[] ordinals = IntStream.range(0, size).toArray();
    for (int i = size - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swapped = ordinals[i];
      ordinals[i] = ordinals[other];
      ordinals[other] = swapped;
    }
    return ordinals;
  }
}
