package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.AttributeLimits;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.search.LinearScan;
import dev.vantage.tsdb.search.SearchRequest;
import dev.vantage.tsdb.search.SimilaritySearch;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.InvalidAttributeException;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.store.MemoryStore;
import dev.vantage.tsdb.testkit.DatabaseFixture;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers have the selected attributes of their neighbors, as of the state that was searched. */
class SelectedAttributesTest {
  private static final Settings SETTINGS = Settings.DEFAULT.withLength(16).withVantagePoints(2);
  private static final OpenOptions OPTIONS =
      OpenOptions.DEFAULT.withSettings(SETTINGS).withThreads(2);
  private static final List<String> NAMES =
      List.of("text", "whole", "fraction", "truth", "time", "id", "length", "mean");

  private static Attributes anyAttributes(Random random) {
    Map<String, AttributeValue> all = new TreeMap<>();
    all.put("text", new AttributeValue.TextValue("\u20ac" + random.nextInt(9)));
    all.put("whole", new AttributeValue.LongValue(random.nextLong()));
    all.put("fraction", new AttributeValue.DoubleValue(random.nextGaussian()));
    all.put("truth", new AttributeValue.BooleanValue(random.nextBoolean()));
    all.put("time", TimestampValue.ofEpochMicroseconds(random.nextLong() >> 12));
    all.put("other", new AttributeValue.LongValue(1));
    all.keySet().removeIf(name -> random.nextInt(3) == 0);
    return Attributes.of(all);
  }

  /** Returns what a search must answer for a series, from the series as it is stored. */
  private static Attributes expected(SeriesEntry entry, List<String> selected) {
    Map<String, AttributeValue> values = new TreeMap<>(entry.attributes().asMap());
    double[] points = entry.series().values();
    values.put(AttributeTypes.ID, new AttributeValue.TextValue(entry.id()));
    values.put(AttributeTypes.LENGTH, new AttributeValue.LongValue(points.length));
    values.keySet().retainAll(selected);
    return Attributes.of(values);
  }

  @Test
  void everyWayToSearchAnswersWhatIsStored(@TempDir Path directory) {
    Random random = Seeds.random("selected attributes");
    RandomSeries series = new RandomSeries(random.nextLong(), 16);
    try (Tsdb database = Tsdb.open(directory, OPTIONS)) {
      List<SeriesEntry> entries = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        entries.add(new SeriesEntry("s-" + i, series.next(), anyAttributes(random)));
      }
      database.insertAll(entries);
      for (int round = 0; round < 30; round++) {
        List<String> names = new ArrayList<>(NAMES);
        Collections.shuffle(names, random);
        List<String> selected = names.subList(0, 1 + random.nextInt(names.size()));
        List<String> known = selected.stream().filter(name -> !name.equals("mean")).toList();
        Query nearest = Query.like("any").nearest(1 + random.nextInt(20)).selecting(selected);
        List<Query> queries =
            List.of(
                nearest.about("s-" + (100 + random.nextInt(200))),
                nearest.about(series.next()),
                nearest.about(series.next()).where("fraction > 0 and not truth"),
                Query.like(series.next()).within(0.9).selecting(selected));
        List<SearchResult> results = new ArrayList<>(database.searchAll(queries));
        queries.forEach(query -> results.add(database.search(query)));
        for (SearchResult result : results) {
          assertEquals(
              result.neighbors().stream()
                  .map(neighbor -> expected(database.get(neighbor.id()), known))
                  .toList(),
              result.attributes().stream().map(found -> without("mean", found)).toList());
          assertEquals(
              selected.contains("mean") ? result.neighbors().size() : 0,
              result.attributes().stream().filter(one -> one.asMap().containsKey("mean")).count());
        }
        database.put(new SeriesEntry("s-" + round, series.next(), anyAttributes(random)));
      }
    }
  }

  private static Attributes without(String name, Attributes attributes) {
    Map<String, AttributeValue> values = new TreeMap<>(attributes.asMap());
    values.remove(name);
    return Attributes.of(values);
  }

  /** Each search changes the attributes of all series while it runs. */
  @Test
  void aNeighborThatIsChangedMeanwhileAnswersItsOldAttributes() {
    Attributes later = Attributes.none().with("n", 77);
    List<BiConsumer<DatabaseWriter, List<SeriesEntry>>> changes =
        List.of(
            (writer, entries) ->
                writer.insertAll(
                    entries.stream()
                        .map(entry -> new SeriesEntry(entry.id(), entry.series(), later))
                        .toList(),
                    true,
                    Deadline.NONE),
            (writer, entries) ->
                writer.setAttributes(
                    entries.stream()
                        .collect(
                            Collectors.toMap(
                                SeriesEntry::id, entry -> AttributeChanges.setting(later))),
                    Deadline.NONE));
    for (BiConsumer<DatabaseWriter, List<SeriesEntry>> change : changes) {
      changeMeanwhile(Database::searcher, change, later);
      changeMeanwhile(database -> new LinearScan(database.index()), change, later);
    }
  }

  private static void changeMeanwhile(
      Function<Database, SimilaritySearch> way,
      BiConsumer<DatabaseWriter, List<SeriesEntry>> change,
      Attributes later) {
    RandomSeries series = new RandomSeries(5, 16);
    TimeSeries sought = series.next();
    MemoryStore store = new MemoryStore(SettingsCodec.properties(SETTINGS));
    try (Database database = DatabaseFixture.over(store, SETTINGS)) {
      DatabaseWriter writer =
          new DatabaseWriter(database, AttributeLimits.DEFAULT, Clock.systemUTC());
      List<SeriesEntry> entries = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        entries.add(new SeriesEntry("s-" + i, series.next(), Attributes.none().with("n", i)));
      }
      writer.insertAll(entries, false, Deadline.NONE);
      double[] row = database.preparer().prepare(sought);
      SearchResult before = search(way.apply(database), database, row, () -> {});
      AtomicBoolean changed = new AtomicBoolean();
      Runnable changing = () -> change.accept(writer, entries);
      SearchResult during =
          search(
              way.apply(database),
              database,
              row,
              () -> {
                if (!changed.getAndSet(true)) {
                  CompletableFuture.runAsync(changing).join();
                }
              });
      assertTrue(changed.get());
      assertEquals(before.neighbors(), during.neighbors());
      assertEquals(before.attributes(), during.attributes());
      SearchResult after = search(way.apply(database), database, row, () -> {});
      assertEquals(Collections.nCopies(5, later), after.attributes());
    }
  }

  private static SearchResult search(
      SimilaritySearch way, Database database, double[] row, Runnable checkpoint) {
    SearchRequest request = new SearchRequest(5, Double.POSITIVE_INFINITY, false, checkpoint);
    return database.search(Deadline.NONE, () -> way.search(row, request.selecting(List.of("n"))));
  }

  @Test
  void aSearchThatSelectsNothingLoadsNothing() {
    MemoryStore store = new MemoryStore(SettingsCodec.properties(SETTINGS));
    try (Database database = DatabaseFixture.over(store, SETTINGS)) {
      new DatabaseWriter(database, AttributeLimits.DEFAULT, Clock.systemUTC())
          .insertAll(
              List.of(new SeriesEntry("a", TimeSeries.ofValues(1, 2), Attributes.none())),
              false,
              Deadline.NONE);
      double[] row = database.preparer().prepare(TimeSeries.ofValues(3, 1));
      SearchRequest request = new SearchRequest(1, 2, false, () -> {});
      SearchResult found =
          database.search(Deadline.NONE, () -> database.searcher().search(row, request));
      assertEquals(1, found.neighbors().size());
      assertEquals(List.of(), found.attributes());
      assertFalse(database.index().hasAttributes());
      search(database.searcher(), database, row, () -> {});
      assertTrue(database.index().hasAttributes());
    }
  }

  @Test
  void anUnknownAttributeIsRefusedByNameWithTheNearMiss() {
    try (Tsdb database = Tsdb.inMemory(SETTINGS, 1)) {
      database.insert("a", TimeSeries.ofValues(1, 2));
      database.declareAttribute("period", AttributeValue.Type.DOUBLE);
      Query query = Query.like("a").includingSelf();
      assertEquals(
          List.of(Attributes.none()), database.search(query.selecting("period")).attributes());
      for (Map.Entry<String, String> one :
          Map.of(
                  "perod",
                  "name='perod', nearest='period'",
                  "Mean",
                  "name='Mean', nearest='mean'",
                  "color",
                  "name='color'",
                  "x".repeat(1000),
                  "name='" + "x".repeat(60) + "...'")
              .entrySet()) {
        Query wrong = query.selecting("period", one.getKey());
        String message = "no such attribute: " + one.getValue();
        assertEquals(
            message,
            assertThrows(InvalidAttributeException.class, () -> database.search(wrong))
                .getMessage());
        assertThrows(
            InvalidAttributeException.class, () -> database.searchAll(List.of(query, wrong)));
      }
    }
  }

  @Test
  void aSelectionHasEachNameOnceAndAnEnd() {
    Query query = Query.like("a").selecting("b", "a", "b");
    assertEquals(List.of("b", "a"), query.selected());
    assertEquals(query, Query.like("a").selecting(List.of("c")).selecting("b", "a"));
    assertEquals(query.selected(), query.about(TimeSeries.ofValues(1, 2)).nearest(3).selected());
    assertEquals("like a, nearest 5, selecting b, a", query.toString());
    List<String> many = IntStream.range(0, 101).mapToObj(i -> "a" + i).toList();
    assertEquals(100, query.selecting(many.subList(0, 100)).selected().size());
    assertEquals(
        "attributes must be at most 100: attributes=101",
        assertThrows(InvalidRequestException.class, () -> query.selecting(many)).getMessage());
  }
}
