package dev.vantage.tsdb.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.Budget;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.index.FilledIndex;
import dev.vantage.tsdb.index.IndexState;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.series.SeriesIds;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches in indexes large enough for every plan, compared with a loop over a map. */
class VantageSearchTest {
  private static final double[] RADII = {0, 1e-8, 1e-3, 0.05, 0.5};

  /** Ids whose order is not that of their chars, and whose first bytes are not ASCII. */
  private static String id(int number) {
    return switch (number % 3) {
      case 0 -> "\uD83D\uDE00" + number;
      case 1 -> "\uFFFD" + number;
      default -> "s" + number;
    };
  }

  private static List<Neighbor> loop(
      FilledIndex filled, Map<String, double[]> rows, double[] query, SearchRequest request) {
    Metric.Evaluator evaluator = filled.metric.evaluator();
    List<Neighbor> all = new ArrayList<>();
    rows.forEach(
        (id, row) -> {
          double distance = evaluator.distance(query, 0, row, 0);
          if (distance <= request.radius()) {
            all.add(new Neighbor(id, distance, evaluator.bestLag(query, 0, row, 0)));
          }
        });
    all.sort(
        Comparator.comparingDouble(Neighbor::distance)
            .thenComparing(Neighbor::id, SeriesIds.ORDER));
    return all.subList(0, Math.min(request.k(), all.size()));
  }

  @ParameterizedTest(name = "length {0}")
  @ValueSource(ints = {8, 32, 64, 128, 256, 512})
  void everyLengthFindsWhatALoopFinds(int length) {
    Random random = Seeds.random("length " + length);
    try (FilledIndex filled = new FilledIndex(length, 10, 20, 2)) {
      Map<String, double[]> rows = filled.walks("", 10_000, random);
      filled.putAll(rows);
      int withoutSimplex = 0;
      for (double[] query : filled.walks("query ", 5, random).values()) {
        SearchRequest request = new SearchRequest(10, Double.POSITIVE_INFINITY, false, () -> {});
        SearchResult found = filled.searcher.search(query, request);
        assertEquals(loop(filled, rows, query, request), found.neighbors());
        checkCounts(found, rows.size());
        withoutSimplex += found.report().prunedBy(SearchReport.SIMPLEX) == 0 ? 1 : 0;
      }
      // Long walks are bounded by the metric; the n-simplex rules out little.
      assertTrue(withoutSimplex > 0 || length < 64, "no blocks met the metric's bounds first");
    }
  }

  @ParameterizedTest(name = "multiplier {0}, {1} vantage points, {2} threads")
  @CsvSource({"0.5, 20, 1", "1, 1, 2", "1, 20, 3", "10, 5, 2", "10, 40, 1", "100, 20, 2"})
  void everyPlanFindsWhatALoopFinds(double multiplier, int vantagePoints, int threads) {
    Random random = Seeds.random("search");
    try (FilledIndex filled = new FilledIndex(16, multiplier, vantagePoints, threads)) {
      RandomSeries series = new RandomSeries(random.nextLong(), 16);
      Map<String, double[]> rows = new HashMap<>();
      Map<String, double[]> batch = new HashMap<>();
      for (int i = 1; i <= 10_000; i++) {
        batch.put(id(i), filled.row(series.nextSamples()));
        if (i == 6800 || i == 10_000) {
          filled.putAll(batch); // those of the second are in no order, and worth a walk at times
          rows.putAll(batch);
          batch.clear();
        }
      }
      int walks = 0;
      for (int round = 0; round < 40; round++) {
        double[] uploaded = filled.row(series.nextSamples());
        String stored = id(1 + random.nextInt(rows.size()));
        SearchRequest request = request(random);
        SearchResult byRow = filled.searcher.search(uploaded, request);
        assertEquals(loop(filled, rows, uploaded, request), byRow.neighbors(), request.toString());
        checkCounts(byRow, rows.size());

        Map<String, double[]> others = new HashMap<>(rows);
        if (!request.includeSelf()) {
          others.remove(stored);
        }
        SearchResult byId = filled.searcher.search(stored, request).orElseThrow();
        assertEquals(
            loop(filled, others, rows.get(stored), request),
            byId.neighbors(),
            stored + " " + request);
        checkCounts(byId, others.size());
        assertEquals(0, byId.report().vantagePointDistances());
        walks +=
            (byRow.report().plan() == SearchReport.Plan.ANNULUS_WALK)
                    || (byId.report().plan() == SearchReport.Plan.ANNULUS_WALK)
                ? 1
                : 0;
      }
      // Where everything is about as far from everything, no annulus is small.
      assertTrue(walks > 0 || multiplier > 10, "no search walked an annulus");
    }
  }

  /** A table of up to six blocks of 256 is met at once, a larger one block by block. */
  @ParameterizedTest(name = "{0} series")
  @ValueSource(ints = {1, 255, 256, 1500, 1536, 1537, 1800})
  void fewBlocksFindWhatALoopFinds(int size) {
    Random random = Seeds.random("few blocks " + size);
    try (FilledIndex filled = new FilledIndex(32, 10, 20, 2)) {
      Map<String, double[]> rows = filled.walks("", size, random);
      filled.putAll(rows);
      for (int round = 0; round < 30; round++) {
        double[] query = filled.walks("query ", 1, random).values().iterator().next();
        SearchRequest request = request(random);
        SearchResult found = filled.searcher.search(query, request);
        assertEquals(loop(filled, rows, query, request), found.neighbors(), request.toString());
        checkCounts(found, rows.size());
        if (round % 3 == 0 && rows.size() > 100) {
          List<String> gone =
              rows.keySet().stream().filter(id -> !filled.isVantagePoint(id)).limit(7).toList();
          filled.removeAll(gone);
          rows.keySet().removeAll(gone);
        }
      }
    }
  }

  /** Bounds rule out little noise: nearly all series are measured, in the order of memory. */
  @ParameterizedTest(name = "{0} series, length {1}, multiplier {2}, {3} threads")
  @CsvSource({"700, 64, 1, 2", "10000, 64, 1, 2", "10000, 64, 10, 2", "9000, 256, 1, 1"})
  void noiseIsFoundAsByALoop(int size, int length, double multiplier, int threads) {
    Random random = Seeds.random("noise");
    try (FilledIndex filled = new FilledIndex(length, multiplier, 20, threads)) {
      RandomSeries series = new RandomSeries(random.nextLong(), length);
      Map<String, double[]> rows = new HashMap<>();
      for (int i = 0; i < 2 * size; i++) {
        rows.put(id(i), filled.row(series.nextSamples(RandomSeries.Kind.NOISE)));
      }
      filled.putAll(rows);
      // Packed, so that rows do not lie in the order of ordinals.
      List<String> gone =
          rows.keySet().stream().filter(id -> !filled.isVantagePoint(id)).limit(size).toList();
      filled.removeAll(gone);
      rows.keySet().removeAll(gone);
      long exact = 0;
      int whole = 0;
      for (int round = 0; round < 10; round++) {
        double[] query = filled.row(series.nextSamples(RandomSeries.Kind.NOISE));
        SearchResult found = filled.searcher.search(query, FilledIndex.nearest(10));
        assertEquals(loop(filled, rows, query, FilledIndex.nearest(10)), found.neighbors());
        checkCounts(found, size);
        exact += found.report().exactDistances();
        whole += found.report().exactDistances() == size ? 1 : 0;
        Budget budget = Budget.ofExactDistances(size / 2);
        SearchRequest half = new SearchRequest(10, 2, false, Optional.empty(), budget, () -> {});
        double completeWithin = filled.searcher.search(query, half).report().completeWithin();
        // With a multiplier of 1, noise is near the query, so a bound may be 0.
        assertTrue(multiplier == 1 || completeWithin > 0, "a budget needs bounds");
      }
      assertTrue(length < 256 || whole > 0, "never was all of it measured, without any bound");
      assertTrue(exact > 5L * size, "half of it was not measured: exact=" + exact);
    }
  }

  private static SearchRequest request(Random random) {
    int k = random.nextInt(4) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(200);
    double radius =
        k <= 200 && random.nextBoolean()
            ? Double.POSITIVE_INFINITY
            : RADII[random.nextInt(RADII.length)];
    return new SearchRequest(k, radius, random.nextBoolean(), () -> {});
  }

  private static void checkCounts(SearchResult found, int candidates) {
    SearchReport counts = found.report();
    assertEquals(candidates, counts.candidates(), counts.toString());
    assertEquals(
        candidates,
        counts.exactDistances() + counts.totalPruned() + counts.unexamined(),
        counts.toString());
    assertTrue(counts.exactDistances() >= found.neighbors().size(), counts.toString());
  }

  /** A series at exactly the radius belongs to the answer, and so do its duplicates. */
  @Test
  void radiusMayBeTheDistanceItself() {
    Random random = Seeds.random("exact radius");
    try (FilledIndex filled = new FilledIndex(16, 1, 20, 2)) {
      Map<String, double[]> rows = filled.walks("s", 4000, random);
      filled.putAll(rows);
      for (int round = 0; round < 30; round++) {
        double[] query = rows.get("s" + random.nextInt(4000));
        List<Neighbor> nearest = filled.search(query, FilledIndex.nearest(30));
        int last = random.nextInt(30);
        double radius = nearest.get(last).distance();
        SearchRequest within = new SearchRequest(Integer.MAX_VALUE, radius, true, () -> {});
        assertEquals(nearest.subList(0, last + 1), filled.search(query, within));
        SearchRequest less =
            new SearchRequest(Integer.MAX_VALUE, Math.nextDown(radius), true, () -> {});
        assertTrue(last == 0 || filled.search(query, less).size() <= last);
      }
    }
  }

  /** Trees change in place: a search that began before must not trust them. */
  @Test
  void searchOfAnOlderStateDoesNotReadNewerTrees() {
    Random random = Seeds.random("older state");
    try (FilledIndex filled = new FilledIndex(16, 1, 5, 2)) {
      Map<String, double[]> rows = filled.walks("s", 5000, random);
      filled.putAll(rows);
      IndexState before = filled.index.state();
      List<String> gone =
          rows.keySet().stream().filter(id -> !filled.isVantagePoint(id)).limit(2000).toList();
      filled.removeAll(gone);
      Map<String, double[]> guests = filled.walks("guest", 50, random);
      filled.putAll(guests);
      assertFalse(filled.index.state().live().end() < 5000, "not compacted");
      for (String id : gone.subList(0, 20)) {
        double[] query = rows.get(id);
        for (double radius : RADII) {
          SearchRequest request = new SearchRequest(20, radius, true, () -> {});
          SearchResult late =
              new VantageSearch(
                      filled.index,
                      before,
                      before,
                      QueryPoint.uploaded(query),
                      request,
                      System::nanoTime)
                  .run();
          assertEquals(loop(filled, rows, query, request), late.neighbors());
          checkCounts(late, 5000);
        }
      }
    }
  }

  @Test
  void boundsSaveMostDistances() {
    try (FilledIndex filled = new FilledIndex(64, 1, 20, 2)) {
      RandomSeries series = new RandomSeries(12, 64);
      Map<String, double[]> rows = new HashMap<>();
      for (int i = 0; i < 5000; i++) {
        rows.put(id(i), filled.row(series.nextSamples(RandomSeries.Kind.BUMP)));
      }
      filled.putAll(rows);
      long exact = 0;
      long byTriangle = 0;
      long bySimplex = 0;
      for (int i = 0; i < 50; i++) {
        SearchReport counts =
            filled.searcher.search(id(i), FilledIndex.nearest(10)).orElseThrow().report();
        exact += counts.exactDistances();
        byTriangle += counts.prunedBy(SearchReport.TRIANGLE);
        bySimplex += counts.prunedBy(SearchReport.SIMPLEX);
      }
      String shares = "exact=" + exact + ", triangle=" + byTriangle + ", simplex=" + bySimplex;
      assertTrue(exact < 50 * 5000 / 50, shares);
      assertTrue(bySimplex > 50 * 4000, shares);
    }
  }

  @Test
  void checkpointEndsASearch() {
    try (FilledIndex filled = new FilledIndex(16, 1, 5, 2)) {
      filled.putAll(filled.walks("s", 3000, new Random(1)));
      IllegalStateException late = new IllegalStateException("late");
      SearchRequest request =
          new SearchRequest(
              5,
              Double.POSITIVE_INFINITY,
              false,
              () -> {
                throw late;
              });
      assertEquals(
          late,
          assertThrows(IllegalStateException.class, () -> filled.searcher.search("s1", request)));
      assertEquals(
          5, filled.searcher.search("s1", FilledIndex.nearest(5)).orElseThrow().neighbors().size());
      assertTrue(filled.searcher.search("unknown", request).isEmpty());
    }
  }

  @Test
  void anUnknownIdIsFoundBeforeAnySearch() {
    try (FilledIndex filled = new FilledIndex(16, 1, 5, 2)) {
      filled.putAll(filled.walks("s", 100, new Random(1)));
      AtomicInteger steps = new AtomicInteger();
      SearchRequest request =
          new SearchRequest(5, Double.POSITIVE_INFINITY, false, steps::incrementAndGet);
      List<BoundQuery> queries =
          Stream.of("s1", "s2", "unknown", "s3").map(id -> BoundQuery.stored(id, request)).toList();
      IllegalStateException thrown =
          assertThrows(
              IllegalStateException.class,
              () -> filled.searcher.searchAll(queries, IllegalStateException::new));
      assertEquals("unknown", thrown.getMessage());
      assertEquals(0, steps.get());
      filled.searcher.searchAll(queries.subList(0, 2), IllegalStateException::new);
      assertTrue(steps.get() > 0);
    }
  }

  @Test
  void theEstimateSaysWhatThePlanWasChosenBy() {
    try (FilledIndex filled = new FilledIndex(64, 1, 20, 2)) {
      RandomSeries series = new RandomSeries(12, 64);
      Map<String, double[]> rows = new HashMap<>();
      for (int i = 0; i < 9900; i++) {
        rows.put(id(i), filled.row(series.nextSamples(RandomSeries.Kind.BUMP)));
        if (i == 6699) {
          filled.putAll(rows);
          rows.clear(); // those after them are in no order, and worth a walk at times
        }
      }
      filled.putAll(rows);
      int walks = 0;
      int scans = 0;
      for (double radius : new double[] {1e-3, 0.01, 0.1, 2}) {
        for (int i = 0; i < 10; i++) {
          SearchRequest request = new SearchRequest(10_000, radius, true, () -> {});
          SearchReport counts = filled.searcher.search(id(i), request).orElseThrow().report();
          SearchReport.Estimate estimate = counts.estimate().orElseThrow();
          assertEquals(9900, counts.candidates());
          assertEquals(
              estimate.walkCost() <= estimate.scanCost(),
              (counts.plan() == SearchReport.Plan.ANNULUS_WALK),
              "" + counts);
          // For such a large k no first series are measured.
          double visited =
              (counts.plan() == SearchReport.Plan.ANNULUS_WALK)
                  ? estimate.annulusSeries()
                  : estimate.scanCost();
          assertEquals(Math.min(9900, visited), counts.visited(), counts.toString());
          walks += (counts.plan() == SearchReport.Plan.ANNULUS_WALK) ? 1 : 0;
          scans += (counts.plan() == SearchReport.Plan.ANNULUS_WALK) ? 0 : 1;
        }
      }
      assertTrue(walks > 0 && scans > 0, "walks=" + walks + ", scans=" + scans);
      filled.removeAll(
          rows.keySet().stream().filter(id -> !filled.isVantagePoint(id)).limit(4000).toList());
      filled.removeAll(
          IntStream.range(0, 5000)
              .mapToObj(VantageSearchTest::id)
              .filter(id -> !filled.isVantagePoint(id))
              .toList());
      String left =
          IntStream.range(0, 9900)
              .mapToObj(VantageSearchTest::id)
              .filter(filled::isVantagePoint)
              .findAny()
              .orElseThrow();
      SearchResult small = filled.searcher.search(left, FilledIndex.nearest(3)).orElseThrow();
      assertTrue(small.report().estimate().isEmpty(), small::toString);
    }
  }
}
