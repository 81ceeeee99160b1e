package dev.vantage.tsdb.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.Budget;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.index.FilledIndex;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The decision to search small collections without bounds. */
class BoundTrialsTest {
  private static final int IN_A_ROW = 4;
  private static final int UNTRIED = 16;
  private static final int LENGTH = 64;
  private static final int K = 10;

  private static SearchReport measured(long distances) {
    return new SearchReport.Builder()
        .candidates(100)
        .vantagePoints(20, 20)
        .exactDistances(distances - 20)
        .exact();
  }

  @Test
  void boundsAreTriedAgainNowAndThen() {
    BoundTrials trials = new BoundTrials();
    for (int i = 0; i < IN_A_ROW; i++) {
      assertFalse(trials.areInVain(K));
      trials.tried(K, measured(75));
    }
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < UNTRIED; i++) {
        assertTrue(trials.areInVain(K));
      }
      assertFalse(trials.areInVain(K));
      trials.tried(K, measured(100));
    }
    for (int i = 0; i < UNTRIED; i++) {
      assertTrue(trials.areInVain(K));
    }
    assertFalse(trials.areInVain(K));
    trials.tried(K, measured(74));
    assertFalse(trials.areInVain(K));
  }

  @Test
  void onlySearchesInARowCount() {
    BoundTrials trials = new BoundTrials();
    for (int i = 0; i < 3 * IN_A_ROW; i++) {
      assertFalse(trials.areInVain(K));
      trials.tried(K, measured(i % IN_A_ROW == 0 ? 10 : 100));
    }
  }

  @Test
  void searchesForAboutAsManyNeighborsAreOfOneKind() {
    BoundTrials trials = new BoundTrials();
    for (int i = 0; i < IN_A_ROW; i++) {
      trials.tried(K, measured(100));
      trials.tried(128, measured(100));
    }
    assertFalse(trials.areInVain(1));
    assertFalse(trials.areInVain(7));
    assertTrue(trials.areInVain(8));
    assertTrue(trials.areInVain(15));
    assertFalse(trials.areInVain(16));
    assertTrue(trials.areInVain(128));
  }

  @Test
  void onlyPlainSearchesOfSmallCollectionsAreJudged() {
    SearchRequest plain = FilledIndex.nearest(K);
    assertTrue(BoundTrials.judge(plain, 1 << 22));
    assertFalse(BoundTrials.judge(plain, (1 << 22) + 1));
    assertTrue(BoundTrials.judge(FilledIndex.nearest(128), 1));
    assertFalse(BoundTrials.judge(FilledIndex.nearest(129), 1));
    assertFalse(BoundTrials.judge(new SearchRequest(K, 1, false, () -> {}), 1));
    assertFalse(BoundTrials.judge(with(Optional.empty(), Budget.ofExactDistances(1000)), 1));
    assertFalse(BoundTrials.judge(with(Optional.of(Filter.Constant.TRUE), Budget.UNLIMITED), 1));
  }

  private static SearchRequest with(Optional<Filter> where, Budget budget) {
    return new SearchRequest(K, Double.POSITIVE_INFINITY, false, where, budget, () -> {});
  }

  /** Noise is measured without bounds, and similar series are still found. */
  @Test
  void noiseIsMeasuredAtOnce() {
    Random random = Seeds.random("noise without bounds");
    try (FilledIndex filled = new FilledIndex(LENGTH, 1, 20, 2)) {
      RandomSeries series = new RandomSeries(random.nextLong(), LENGTH);
      Map<String, double[]> rows = new HashMap<>();
      for (int i = 0; i < 1500; i++) {
        rows.put("n" + i, filled.row(series.nextSamples(RandomSeries.Kind.NOISE)));
      }
      filled.putAll(rows);
      filled.removeAll(List.of("n3", "n500", "n1499"));
      rows.keySet().removeAll(List.of("n3", "n500", "n1499"));
      int withoutBounds = 0;
      for (int i = 0; i < 2 * (IN_A_ROW + UNTRIED); i++) {
        double[] query = filled.row(series.nextSamples(RandomSeries.Kind.NOISE));
        SearchResult found = filled.searcher.search(query, FilledIndex.nearest(K));
        assertEquals(nearest(filled.metric, rows, query), ids(found));
        withoutBounds += isWithoutBounds(found, rows.size()) ? 1 : 0;
      }
      assertTrue(withoutBounds >= UNTRIED, "without bounds: " + withoutBounds);
      for (String stored : List.of("n7", "n8", "n9")) {
        List<String> expected = nearest(filled.metric, rows, rows.get(stored));
        expected.remove(stored);
        SearchResult found =
            filled.searcher.search(stored, FilledIndex.nearest(K - 1)).orElseThrow();
        assertEquals(expected, ids(found));
      }
    }
  }

  /** Reading all rows from the storage would take long. */
  @Test
  void rowsInTheStorageAreNeverReadWithoutBounds() {
    Random random = Seeds.random("noise in the storage");
    try (FilledIndex filled = new FilledIndex(LENGTH, 1, 20, 2, 0)) {
      RandomSeries series = new RandomSeries(random.nextLong(), LENGTH);
      Map<String, double[]> rows = new HashMap<>();
      for (int i = 0; i < 300; i++) {
        rows.put("n" + i, filled.row(series.nextSamples(RandomSeries.Kind.NOISE)));
      }
      filled.putAll(rows);
      for (int i = 0; i < 2 * IN_A_ROW; i++) {
        double[] query = filled.row(series.nextSamples(RandomSeries.Kind.NOISE));
        SearchResult found = filled.searcher.search(query, FilledIndex.nearest(K));
        assertEquals(nearest(filled.metric, rows, query), ids(found));
        assertFalse(isWithoutBounds(found, rows.size()));
      }
    }
  }

  /** Useful bounds are never given up. */
  @Test
  void walksAreSearchedByBounds() {
    Random random = Seeds.random("walks by bounds");
    try (FilledIndex filled = new FilledIndex(LENGTH, 1, 20, 2)) {
      filled.putAll(filled.walks("s", 1500, random));
      for (double[] query : filled.walks("q", 2 * IN_A_ROW, random).values()) {
        SearchResult found = filled.searcher.search(query, FilledIndex.nearest(K));
        assertFalse(isWithoutBounds(found, 1500));
      }
    }
  }

  private static boolean isWithoutBounds(SearchResult found, long series) {
    return found.report().exactDistances() == series
        && found.report().vantagePointDistances() == 0
        && found.report().totalPruned() == 0;
  }

  private static List<String> ids(SearchResult found) {
    return found.neighbors().stream().map(Neighbor::id).toList();
  }

  private static List<String> nearest(Metric metric, Map<String, double[]> rows, double[] query) {
    Metric.Evaluator evaluator = metric.evaluator();
    Map<String, Double> distances = new HashMap<>();
    rows.forEach((id, row) -> distances.put(id, evaluator.distance(query, 0, row, 0)));
    return new ArrayList<>(
        distances.entrySet().stream()
            .sorted(
                Map.Entry.<String, Double>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(K)
            .map(Map.Entry::getKey)
            .toList());
  }
}
