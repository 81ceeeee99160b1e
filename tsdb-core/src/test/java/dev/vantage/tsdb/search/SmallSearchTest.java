package dev.vantage.tsdb.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.index.FilledIndex;
import dev.vantage.tsdb.pool.Coprocessor;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The thread that runs a search, observed at its checkpoints. */
class SmallSearchTest {
  private static final int LENGTH = 64;

  @ParameterizedTest(name = "{0} threads")
  @ValueSource(ints = {1, 2})
  void smallOnesAreDoneByTheCaller(int threads) {
    Random random = Seeds.random("small searches");
    try (FilledIndex filled = new FilledIndex(LENGTH, 1, 20, threads)) {
      filled.putAll(filled.walks("s", 900, random));
      assertEquals(Set.of(Thread.currentThread()), searching(filled, walk(filled, random)));
      filled.putAll(filled.walks("t", 4000, random));
      assertEquals(Set.of(Thread.currentThread()), searching(filled, walk(filled, random)));
    }
  }

  @Test
  void largeOnesGoToThePoolOnTheirWay() {
    Random random = Seeds.random("large searches");
    try (FilledIndex filled = new FilledIndex(LENGTH, 1, 20, 2)) {
      RandomSeries series = new RandomSeries(random.nextLong(), LENGTH);
      Map<String, double[]> rows = new HashMap<>();
      for (int i = 0; i < 12_000; i++) {
        rows.put("n" + i, filled.row(series.nextSamples(RandomSeries.Kind.NOISE)));
      }
      filled.putAll(rows);
      Set<Thread> threads =
          searching(filled, filled.row(series.nextSamples(RandomSeries.Kind.NOISE)));
      threads.remove(Thread.currentThread());
      assertFalse(threads.isEmpty(), "all was done by the thread that asked");
    }
  }

  @Test
  void manyNeighborsAreFoundOnThePool() {
    Random random = Seeds.random("many neighbors");
    try (FilledIndex filled = new FilledIndex(LENGTH, 1, 20, 2)) {
      filled.putAll(filled.walks("s", 900, random));
      Set<Thread> threads = searching(filled, walk(filled, random), 300);
      assertFalse(threads.contains(Thread.currentThread()));
      assertFalse(threads.isEmpty());
    }
  }

  @Test
  void allAreDoneOnThePoolWhereCallersDoNotWork() {
    Random random = Seeds.random("searches on the pool");
    try (FilledIndex filled = new FilledIndex(LENGTH, 1, 20, new Coprocessor(2), Long.MAX_VALUE)) {
      filled.putAll(filled.walks("s", 900, random));
      Set<Thread> threads = searching(filled, walk(filled, random));
      assertFalse(threads.contains(Thread.currentThread()));
      assertFalse(threads.isEmpty());
    }
  }

  private static double[] walk(FilledIndex filled, Random random) {
    return filled.walks("q", 1, random).values().iterator().next();
  }

  /** Returns the threads of a search, and checks its answer by a scan. */
  private static Set<Thread> searching(FilledIndex filled, double[] query) {
    return searching(filled, query, 10);
  }

  private static Set<Thread> searching(FilledIndex filled, double[] query, int k) {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    SearchRequest request =
        new SearchRequest(
            k, Double.POSITIVE_INFINITY, false, () -> threads.add(Thread.currentThread()));
    SearchResult found = filled.searcher.search(query, request);
    assertEquals(filled.scan(query, FilledIndex.nearest(k)), found.neighbors());
    assertTrue(found.report().exactDistances() >= k);
    return threads;
  }
}
