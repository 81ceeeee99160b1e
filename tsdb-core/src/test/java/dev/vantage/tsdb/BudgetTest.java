package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.engine.ScanModel;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers of searches with a budget, compared with a full scan. */
class BudgetTest {
  private static final Duration LONG = Duration.ofSeconds(Long.MAX_VALUE);

  @ParameterizedTest(name = "{0} series, multiplier {1}, {2} threads")
  @CsvSource({"30, 1, 1", "1500, 1, 2", "1500, 50, 3", "5000, 1, 1", "5000, 10, 3", "9000, 30, 2"})
  void whatIsCertainIsThere(int size, double multiplier, int threads) {
    Random random = Seeds.random("budget");
    Settings settings = Settings.DEFAULT.withLength(64).withMultiplier(multiplier).withSeed(3);
    RandomSeries series = new RandomSeries(random.nextLong(), 64);
    ScanModel model = new ScanModel(settings);
    int inexact = 0;
    int certain = 0;
    try (Tsdb database = Tsdb.inMemory(settings, threads)) {
      fill(database, model, series, size);
      for (int round = 0; round < 30; round++) {
        TimeSeries uploaded = series.next();
        String id = model.anyId(random);
        int k = 1 + random.nextInt(40);
        for (Query query :
            List.of(Query.like("any").nearest(k), Query.like("any").within(random.nextDouble()))) {
          Query limited = query.withBudget(anyBudget(random, size));
          SearchReport byRow =
              check(
                  model.similar(uploaded, query.nearest(Query.UNLIMITED)),
                  limited,
                  database.search(limited.about(uploaded)));
          SearchReport byId =
              check(
                  model.similar(id, query.nearest(Query.UNLIMITED)),
                  limited,
                  database.search(limited.about(id)));
          inexact += byRow.exact() ? 0 : 1;
          certain += byId.completeWithin() > 0 && !byId.exact() ? 1 : 0;
        }
      }
    }
    assertTrue(inexact > 0, "no budget was spent");
    // Beyond that, the least bound of unexamined series is mostly 0.
    assertTrue(certain > 0 || multiplier > 10, "no answer was certain of anything");
  }

  private static void fill(Tsdb database, ScanModel model, RandomSeries series, int size) {
    List<SeriesEntry> entries = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      entries.add(new SeriesEntry("s" + i, series.next()));
    }
    database.insertAll(entries);
    entries.forEach(entry -> model.put(entry.id(), entry.series()));
  }

  private static Budget anyBudget(Random random, int size) {
    return switch (random.nextInt(8)) {
      case 0 -> Budget.ofExactDistances(0);
      case 1 -> Budget.ofTime(Duration.ZERO).withExactDistances(size);
      case 2 -> Budget.ofTime(Duration.ofNanos(random.nextInt(2_000_000)));
      case 3 -> Budget.ofExactDistances(size).withTime(LONG);
      default -> Budget.ofExactDistances((long) Math.pow(size, random.nextDouble()));
    };
  }

  /**
   * Compares an answer with all possible neighbors, in order.
   *
   * @param all the answer of a scan within the radius
   */
  private static SearchReport check(List<Neighbor> all, Query query, SearchResult result) {
    SearchReport report = result.report();
    String what = query + " " + report;
    List<Neighbor> found = result.neighbors();
    assertEquals(
        report.candidates(),
        report.exactDistances() + report.totalPruned() + report.unexamined(),
        what);
    assertTrue(report.exactDistances() <= query.budget().exactDistances().orElse(1L << 40), what);
    assertEquals(report.unexamined() == 0, report.exact(), what);
    assertTrue(found.size() <= Math.min(query.k(), report.exactDistances()), what);
    // Neighbors must be in order, with the distances and lags of the scan.
    assertEquals(all.stream().filter(found::contains).toList(), found, what);
    if (report.exact()) {
      assertEquals(all.subList(0, Math.min(query.k(), all.size())), found, what);
    } else {
      for (Neighbor neighbor : all) {
        boolean certain = neighbor.distance() < report.completeWithin();
        assertTrue(!certain || found.contains(neighbor), "missing " + neighbor + " " + what);
      }
    }
    return report;
  }

  @Test
  void aBudgetOfNothingSaysWhereNothingIs() {
    Settings settings = Settings.DEFAULT.withLength(64);
    RandomSeries series = new RandomSeries(1, 64);
    ScanModel model = new ScanModel(settings);
    try (Tsdb database = Tsdb.inMemory(settings, 2)) {
      fill(database, model, series, 500);
      TimeSeries apart = TimeSeries.ofValues(series.nextSamples(RandomSeries.Kind.NOISE));
      for (Budget budget : List.of(Budget.ofExactDistances(0), Budget.ofTime(Duration.ZERO))) {
        SearchResult nothing = database.search(Query.like(apart).nearest(3).withBudget(budget));
        assertEquals(List.of(), nothing.neighbors());
        assertEquals(0, nothing.report().exactDistances());
        assertEquals(20, nothing.report().vantagePointDistances());
        assertFalse(nothing.report().exact());
        double nearest = model.similar(apart, Query.like("any").nearest(1)).get(0).distance();
        assertTrue(nothing.report().completeWithin() <= nearest);
        // Where the bounds rule out everything, nothing is the exact answer.
        double less = nothing.report().completeWithin() * 0.99;
        SearchResult none = database.search(Query.like(apart).within(less).withBudget(budget));
        assertTrue(less > 0 && none.report().exact(), none.report()::toString);
        assertEquals(List.of(), none.neighbors());
      }
    }
  }

  @Test
  void moreDistancesMakeMoreCertain() {
    Settings settings = Settings.DEFAULT.withLength(64);
    RandomSeries series = new RandomSeries(2, 64);
    ScanModel model = new ScanModel(settings);
    try (Tsdb database = Tsdb.inMemory(settings, 1)) {
      fill(database, model, series, 1000);
      Query query = Query.like("any").nearest(10);
      TimeSeries sought = TimeSeries.ofValues(series.nextSamples(RandomSeries.Kind.NOISE));
      double certain = 0;
      long distances = 0;
      while (certain < Double.POSITIVE_INFINITY) {
        SearchReport report =
            database
                .search((query.withBudget(Budget.ofExactDistances(distances))).about(sought))
                .report();
        assertTrue(report.completeWithin() >= certain, report.toString());
        certain = report.completeWithin();
        distances = 2 * distances + 1;
      }
      assertTrue(distances > 10, "distances=" + distances);
    }
  }

  @Test
  void aBudgetIsNotNegative() {
    InvalidRequestException distances =
        assertThrows(InvalidRequestException.class, () -> Budget.ofExactDistances(-1));
    assertEquals(
        "budget of exact distances must be >= 0: exact distances=-1", distances.getMessage());
    Duration before = Duration.ofNanos(-1);
    assertThrows(InvalidRequestException.class, () -> Budget.ofTime(before));
    assertThrows(NullPointerException.class, () -> Query.like("any").nearest(1).withBudget(null));
  }

  @Test
  void aBudgetStaysWithTheQuery() {
    Budget both = Budget.ofTime(Duration.ofMillis(5)).withExactDistances(7);
    assertEquals(both, Budget.ofExactDistances(7).withTime(Duration.ofMillis(5)));
    assertTrue(both.isLimited() && !Budget.UNLIMITED.isLimited());
    Query query = Query.like("any").within(1).withBudget(both).nearest(3).includingSelf();
    assertEquals(both, query.budget());
    assertEquals(Query.like("any").within(1).nearest(3).includingSelf().withBudget(both), query);
    assertEquals(Budget.UNLIMITED, Query.like("any").nearest(1).budget());
  }
}
