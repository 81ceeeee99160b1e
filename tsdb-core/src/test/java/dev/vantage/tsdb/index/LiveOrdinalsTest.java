package dev.vantage.tsdb.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.vantage.tsdb.testkit.Seeds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LiveOrdinalsTest {
  private record Version(LiveOrdinals set, BitSet expected, int end) {}

  @Test
  void everyVersionStaysWhatItWas() {
    Random random = Seeds.random("live set");
    for (int round = 0; round < 200; round++) {
      List<Version> versions = new ArrayList<>();
      versions.add(new Version(LiveOrdinals.empty(), new BitSet(), 0));
      while (versions.size() < 40) {
        Version last = versions.get(versions.size() - 1);
        int end = last.end + random.nextInt(random.nextInt(4) == 0 ? 200 : 3);
        LiveOrdinals extended = last.set.extended(end);
        BitSet expected = (BitSet) last.expected.clone();
        expected.set(last.end, end);
        // Often nothing, so that versions share their words.
        int rarity = random.nextInt(3) == 0 ? 4 : Integer.MAX_VALUE;
        int[] removed = expected.stream().filter(ordinal -> random.nextInt(rarity) == 0).toArray();
        for (int ordinal : removed) {
          expected.clear(ordinal);
        }
        LiveOrdinals next = extended.without(removed);
        if (random.nextInt(4) > 0) { // else the change is dropped, and another one takes its place
          versions.add(new Version(next, expected, end));
        }
      }
      versions.forEach(LiveOrdinalsTest::check);
    }
  }

  private static void check(Version version) {
    LiveOrdinals set = version.set;
    assertEquals(version.end, set.end());
    assertEquals(version.expected.cardinality(), set.count());
    assertArrayEquals(version.expected.stream().toArray(), set.toArray());
    for (int ordinal = 0; ordinal <= version.end + 70; ordinal++) {
      assertEquals(version.expected.get(ordinal), set.contains(ordinal), "ordinal " + ordinal);
      int next = version.expected.nextSetBit(ordinal);
      assertEquals(next < 0 ? version.end : next, set.next(ordinal), "from " + ordinal);
      if (ordinal >= version.end) {
        break;
      }
    }
  }

  @Test
  void removingNothingCostsNothing() {
    LiveOrdinals set = LiveOrdinals.empty().extended(100);
    assertSame(set, set.without(new int[0]));
  }
}
