package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.OpenOptions.Spectra;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.condition.InvalidConditionException;
import dev.vantage.tsdb.condition.RandomConditions;
import dev.vantage.tsdb.engine.ScanModel;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.store.PointSummary;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A search with a condition gives the answer of a scan of the series that satisfy it, after any
 * history of a database.
 */
class ConditionSearchTest {
  private static final int LENGTH = 32;

  @TempDir Path directory;

  private final Set<SearchReport.Plan> plans = EnumSet.noneOf(SearchReport.Plan.class);

  /** The stored series in the order of insertion, with a simple search. */
  private static final class Model {
    private final ScanModel scan;
    private final Map<String, Map<String, AttributeValue>> rows = new HashMap<>();

    Model(Settings settings) {
      scan = new ScanModel(settings);
    }

    void put(SeriesEntry entry) {
      scan.put(entry.id(), entry.series());
      Map<String, AttributeValue> row =
          PointSummary.of(entry.series(), Optional.of(Instant.now())).with(entry.attributes());
      row.put(AttributeTypes.ID, new TextValue(entry.id()));
      rows.put(entry.id(), row);
    }

    void remove(String id) {
      scan.remove(id);
      rows.remove(id);
    }

    Set<String> matching(Condition condition, AttributeTypes types) {
      Filter filter = condition.bind(types);
      return rows.entrySet().stream()
          .filter(row -> filter.matches(name -> Optional.ofNullable(row.getValue().get(name))))
          .map(Map.Entry::getKey)
          .collect(Collectors.toSet());
    }

    List<Neighbor> expected(List<Neighbor> all, Set<String> matching, Query query) {
      return all.stream()
          .filter(neighbor -> matching.contains(neighbor.id()))
          .filter(neighbor -> neighbor.distance() <= query.radius())
          .limit(query.k())
          .toList();
    }
  }

  @ParameterizedTest(name = "{0} series, multiplier {1}, spectra {2}")
  @CsvSource({
    "60, 1, MEMORY",
    "700, 10, DISK",
    "9000, 1, MEMORY",
    "9000, 10, MEMORY",
  })
  void equalsTheFilteredScan(int size, double multiplier, Spectra spectra) {
    long seed = Seeds.seed("conditions of " + size + " series");
    Random random = new Random(seed);
    Settings settings = Settings.DEFAULT.withLength(LENGTH).withMultiplier(multiplier);
    RandomSeries series = new RandomSeries(seed, LENGTH);
    RandomConditions conditions = new RandomConditions(random);
    Model model = new Model(settings);
    OpenOptions options = OpenOptions.DEFAULT.withThreads(2).withSpectra(spectra);
    try (Tsdb database = Tsdb.open(directory, options.withSettings(settings))) {
      conditions.types().declared().forEach(database::declareAttribute);
      insert(database, model, series, conditions, size * 2 / 3);
      check(database, model, series, conditions, random, "filled");
      try (EmbeddedTsdb reader =
          Tsdb.open(directory, options.withAccess(OpenOptions.Access.READ_ONLY))) {
        check(reader, model, series, conditions, random, "beside the writer");
        insert(database, model, series, conditions, size / 3);
        replaceAndDelete(database, model, series, conditions, random, size / 6);
        check(database, model, series, conditions, random, "changed");
        reader.refresh();
        check(reader, model, series, conditions, random, "refreshed");
      }
    }
    try (Tsdb database = Tsdb.open(directory, options)) {
      replaceAndDelete(database, model, series, conditions, random, 5);
      check(database, model, series, conditions, random, "opened again");
    }
    assertTrue(plans.contains(SearchReport.Plan.CONDITION_WALK), plans.toString());
    assertTrue(size < 9000 || plans.contains(SearchReport.Plan.TABLE_SCAN), plans.toString());
  }

  private static SeriesEntry entry(
      RandomSeries series, RandomConditions conditions, Optional<String> id) {
    SortedMap<String, AttributeValue> row = conditions.nextRow();
    String own = id.orElse(row.get(AttributeTypes.ID).toString());
    row.keySet().removeIf(AttributeTypes::isBuiltIn);
    return new SeriesEntry(own, series.next(), Attributes.of(row));
  }

  private static void insert(
      Tsdb database, Model model, RandomSeries series, RandomConditions conditions, int count) {
    List<SeriesEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(entry(series, conditions, Optional.empty()));
    }
    database.insertAll(entries).forEach(done -> assertTrue(done.created(), done.toString()));
    entries.forEach(model::put);
  }

  private static void replaceAndDelete(
      Tsdb database,
      Model model,
      RandomSeries series,
      RandomConditions conditions,
      Random random,
      int count) {
    List<SeriesEntry> replaced = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = model.scan.anyId(random);
      if (!database.stats().vantagePoints().contains(id)) {
        if (random.nextInt(4) == 0) {
          database.delete(id);
          model.remove(id);
          replaced.removeIf(entry -> entry.id().equals(id));
        } else {
          replaced.add(entry(series, conditions, Optional.of(id)));
        }
      }
    }
    database.putAll(replaced);
    replaced.forEach(model::put);
  }

  private void check(
      Tsdb database,
      Model model,
      RandomSeries series,
      RandomConditions conditions,
      Random random,
      String when) {
    Query all = Query.like("any").nearest(Integer.MAX_VALUE).includingSelf();
    for (int round = 0; round < 4; round++) {
      TimeSeries sought = series.next();
      String id = model.scan.anyId(random);
      List<Neighbor> bySeries = model.scan.similar(sought, all);
      List<Neighbor> byId = model.scan.similar(id, all);
      for (int i = 0; i < 8; i++) {
        String text = i == 0 ? "type is not null or type is null" : conditions.nextCondition(i - 1);
        Condition condition = Condition.parse(text);
        Set<String> matching = model.matching(condition, database.attributeTypes());
        int k = List.of(1, 5, 40, 200).get(random.nextInt(4));
        double radius =
            random.nextBoolean()
                ? Double.POSITIVE_INFINITY
                : bySeries.get(random.nextInt(bySeries.size())).distance();
        Query query = Query.like(id).nearest(k).within(radius).includingSelf().where(condition);
        String what = when + ", k=" + k + ", radius=" + radius + ", where=" + text;
        SearchResult found = database.search(query.about(sought));
        assertEquals(model.expected(bySeries, matching, query), found.neighbors(), what);
        assertEquals(matching.size(), found.report().candidates(), what);
        assertEquals(
            model.expected(byId, matching, query),
            database.search(query.about(id)).neighbors(),
            what);
        List<SearchResult> each =
            database.searchAll(List.of(sought, sought).stream().map(query::about).toList());
        assertEquals(found.neighbors(), each.get(1).neighbors(), what);
        plans.add(found.report().plan());
      }
    }
  }

  @Test
  void leavesOutTheSoughtSeriesWhetherOrNotItSatisfiesTheCondition() {
    try (Tsdb database = Tsdb.inMemory(Settings.DEFAULT.withLength(LENGTH))) {
      RandomSeries series = new RandomSeries(1, LENGTH);
      for (int i = 0; i < 30; i++) {
        Attributes attributes = Attributes.none().with("even", i % 2 == 0);
        database.insert(new SeriesEntry("s" + i, series.next(), attributes));
      }
      Query even = Query.like("any").nearest(100).where("even");
      assertEquals(14, database.search(even.about("s2")).neighbors().size());
      assertEquals(15, database.search(even.about("s3")).neighbors().size());
      assertEquals(15, database.search(even.includingSelf().about("s2")).neighbors().size());
      assertEquals(15, database.search(even.includingSelf().about("s3")).neighbors().size());
      assertEquals(
          14,
          database
              .searchAll(List.of("s2").stream().map(even::about).toList())
              .get(0)
              .neighbors()
              .size());
    }
  }

  @Test
  void anAttributeThatNobodyHasIsRefusedBySearchesOnlyWhereItIsNotDeclared() {
    try (Tsdb database = Tsdb.inMemory(Settings.DEFAULT.withLength(LENGTH))) {
      TimeSeries series = new RandomSeries(1, LENGTH).next();
      database.insert("a", series);
      Query query = Query.like("any").nearest(1).where("period > 1");
      assertThrows(InvalidConditionException.class, () -> database.search(query.about(series)));
      database.declareAttribute("period", AttributeValue.Type.DOUBLE);
      assertEquals(List.of(), database.search(query.about(series)).neighbors());
      database.insert(new SeriesEntry("b", series, Attributes.none().with("period", 2.0)));
      assertEquals(1, database.search(query.about(series)).neighbors().size());
      Query without = Query.like("any").nearest(5).where("period is null");
      assertEquals("a", database.search(without.about(series)).neighbors().get(0).id());
    }
  }
}
