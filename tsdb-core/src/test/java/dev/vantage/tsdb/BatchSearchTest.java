package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.engine.ScanModel;
import dev.vantage.tsdb.series.InvalidIdException;
import dev.vantage.tsdb.series.InvalidSeriesException;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several searches in one call give the same answers as one by one. */
class BatchSearchTest {
  private static final Settings SETTINGS = Settings.DEFAULT.withLength(64).withSeed(5);

  private final ScanModel model = new ScanModel(SETTINGS);
  private final Tsdb database = Tsdb.inMemory(SETTINGS, 2);

  private RandomSeries fill(int size, long seed) {
    RandomSeries series = new RandomSeries(seed, 64);
    List<SeriesEntry> entries = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      entries.add(new SeriesEntry("s" + i, series.next()));
    }
    database.insertAll(entries);
    entries.forEach(entry -> model.put(entry.id(), entry.series()));
    return series;
  }

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 4000})
  void answersAreThoseOfAScanInTheOrderOfTheQueries(int size) {
    Random random = Seeds.random("batch");
    RandomSeries series = fill(size, random.nextLong());
    List<String> ids = new ArrayList<>();
    List<TimeSeries> uploaded = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ids.add("s" + random.nextInt(size)); // perhaps more than once
      uploaded.add(series.next());
    }
    for (Query query :
        List.of(
            Query.like("any").nearest(7),
            Query.like("any").nearest(3).includingSelf(),
            Query.like("any").within(0.3),
            Query.like("any").within(0.3).nearest(4))) {
      List<SearchResult> byId = database.searchAll(ids.stream().map(query::about).toList());
      List<SearchResult> byRow = database.searchAll(uploaded.stream().map(query::about).toList());
      assertEquals(
          ids.stream().map(id -> model.similar(id, query)).toList(),
          byId.stream().map(SearchResult::neighbors).toList());
      assertEquals(
          uploaded.stream().map(sought -> model.similar(sought, query)).toList(),
          byRow.stream().map(SearchResult::neighbors).toList());
      for (SearchResult result : byId) {
        SearchReport report = result.report();
        assertEquals(0, report.vantagePointDistances());
        assertEquals(
            report.candidates(), report.exactDistances() + report.totalPruned(), report.toString());
      }
      byRow.forEach(result -> assertEquals(20, result.report().vantagePointDistances()));
    }
  }

  @Test
  void aBudgetIsThatOfEachQuery() {
    fill(500, 1);
    Query query = Query.like("any").nearest(20).withBudget(Budget.ofExactDistances(10));
    for (SearchResult result :
        database.searchAll(List.of("s1", "s2", "s3").stream().map(query::about).toList())) {
      assertEquals(10, result.report().exactDistances());
      assertEquals(10, result.neighbors().size());
    }
  }

  @Test
  void oneThatIsRefusedIsRefusedForAll() {
    fill(30, 2);
    Query query = Query.like("any").nearest(1);
    UnknownIdException unknown =
        assertThrows(
            UnknownIdException.class,
            () ->
                database.searchAll(
                    List.of("s1", "nobody", "s2", "nothing").stream().map(query::about).toList()));
    assertEquals("no series has this id: id=nobody", unknown.getMessage());
    assertThrows(
        InvalidIdException.class,
        () -> database.searchAll(List.of("nobody", "a\n").stream().map(query::about).toList()));
    TimeSeries days = TimeSeries.of(new double[] {1, 7}, new double[] {1, 2});
    List<TimeSeries> series = List.of(TimeSeries.ofValues(1, 2, 3), days);
    assertThrows(
        InvalidSeriesException.class,
        () -> database.searchAll(series.stream().map(query::about).toList()));
  }

  @Test
  void noQueryHasNoAnswer() {
    assertEquals(List.of(), database.searchAll(List.of()));
  }

  @Test
  void theTimeoutIsThatOfTheCall() {
    fill(30, 3);
    Tsdb view = database.withTimeout(Duration.ofNanos(1));
    assertThrows(
        DeadlineExceededException.class,
        () ->
            view.searchAll(
                List.of("s1").stream().map((Query.like("any").nearest(1))::about).toList()));
  }
}
