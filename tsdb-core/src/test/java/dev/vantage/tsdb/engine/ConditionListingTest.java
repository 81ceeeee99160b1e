package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.condition.InvalidConditionException;
import dev.vantage.tsdb.condition.RandomConditions;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.postgres.PostgresStore;
import dev.vantage.tsdb.store.sqlite.SqliteStore;
import dev.vantage.tsdb.testkit.DatabaseFixture;
import dev.vantage.tsdb.testkit.PostgresServer;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listings with a condition are equal from the columns of the index and from SQL. */
class ConditionListingTest {
  private static final int CONDITIONS = 300;
  private static final Settings SETTINGS = Settings.DEFAULT.withLength(16).withVantagePoints(2);
  private static final OpenOptions OPTIONS =
      OpenOptions.DEFAULT.withSettings(SETTINGS).withThreads(2);

  @TempDir Path directory;

  @Test
  void columnsAgreeWithSqlite() {
    Random random = Seeds.random("columnsAgreeWithSqlite");
    Path path = directory.resolve("db");
    RandomConditions conditions = filled(path.toString(), random);
    check(SqliteStore.openToRead(path), conditions, random);
  }

  @Test
  void columnsAgreeWithPostgres() throws Exception {
    Random random = Seeds.random("columnsAgreeWithPostgres");
    PostgresServer server = PostgresServer.shared();
    String url = server.url(server.createDatabase());
    RandomConditions conditions = filled(url, random);
    check(PostgresStore.openToRead(url), conditions, random);
  }

  /** Some series are replaced and some removed, so that the index has ordinals that are dead. */
  private static RandomConditions filled(String location, Random random) {
    RandomConditions conditions = new RandomConditions(random);
    RandomSeries series = new RandomSeries(random.nextLong(), 16);
    try (Tsdb database = Tsdb.open(location, OPTIONS)) {
      conditions.types().declared().forEach(database::declareAttribute);
      List<SeriesEntry> entries = new ArrayList<>();
      for (int i = 0; i < 250; i++) {
        entries.add(entry(conditions, series, Optional.empty()));
      }
      database.insertAll(entries);
      for (SeriesEntry old : entries.subList(30, 90)) {
        if (random.nextBoolean()) {
          database.put(entry(conditions, series, Optional.of(old.id())));
        } else {
          database.delete(old.id());
        }
      }
    }
    return conditions;
  }

  private static SeriesEntry entry(
      RandomConditions conditions, RandomSeries series, Optional<String> id) {
    SortedMap<String, AttributeValue> row = conditions.nextRow();
    String own = id.orElse(row.get(AttributeTypes.ID).toString());
    row.keySet().removeIf(AttributeTypes::isBuiltIn);
    return new SeriesEntry(own, series.next(), Attributes.of(row));
  }

  private static void check(Store opened, RandomConditions conditions, Random random) {
    int partial = 0;
    try (Store store = opened;
        Database database = DatabaseFixture.over(store, SETTINGS)) {
      Deadline none = Deadline.after(Optional.empty(), System::nanoTime);
      List<String> ids = store.ids(Optional.empty(), "", Integer.MAX_VALUE);
      for (int i = 0; i < CONDITIONS; i++) {
        String text = conditions.nextCondition(random.nextInt(4));
        Filter filter = Condition.parse(text).bind(conditions.types());
        String after = random.nextInt(3) == 0 ? "" : ids.get(random.nextInt(ids.size()));
        String start = random.nextInt(3) == 0 ? after + "\uD83D\uDE00" : after;
        int limit = List.of(1, 2, 7, 1000, Integer.MAX_VALUE).get(random.nextInt(5));
        List<String> expected = store.ids(Optional.of(filter), start, limit);
        assertEquals(
            expected,
            database.search(none, () -> database.searcher().ids(filter, start, limit, () -> {})),
            () -> "after=" + start + ", limit=" + limit + ", where=" + text);
        assertEquals(
            store.count(Optional.of(filter), start),
            database.search(none, () -> database.searcher().count(filter, start, () -> {})),
            () -> "after=" + start + ", where=" + text);
        partial += expected.isEmpty() || expected.size() == ids.size() ? 0 : 1;
      }
    }
    assertTrue(partial > CONDITIONS / 4, "conditions that tell ids apart: " + partial);
  }

  /** Tests with and without loaded columns, and with writes of any process. */
  @Test
  void aListingHasAllThatIsStored() {
    Path path = directory.resolve("db");
    Condition where = Condition.parse("n >= 0");
    Query loading = Query.like("any").nearest(1).where("n >= 0");
    try (Tsdb writer = Tsdb.open(path, OPTIONS)) {
      RandomSeries series = new RandomSeries(1, 16);
      writer.insert(entry("a", 1, series));
      try (EmbeddedTsdb reader =
          Tsdb.open(path, OPTIONS.withAccess(OpenOptions.Access.READ_ONLY))) {
        assertEquals(List.of("a"), writer.ids(IdQuery.first(10).where(where).after("")));
        assertEquals(List.of("a"), reader.ids(IdQuery.first(10).where(where).after("")));
        assertEquals(1, writer.search(loading.about(series.next())).neighbors().size());
        assertEquals(1, reader.search(loading.about(series.next())).neighbors().size());
        TreeSet<String> ids = new TreeSet<>(List.of("a"));
        for (int i = 0; i < 30; i++) {
          writer.insert(entry("s" + i, i, series));
          ids.add("s" + i);
          assertEquals(List.copyOf(ids), writer.ids(IdQuery.first(100).where(where).after("")));
          assertEquals(List.copyOf(ids), reader.ids(IdQuery.first(100).where(where).after("")));
          for (Tsdb database : List.of(writer, reader)) {
            assertEquals(ids.size(), database.count(IdQuery.all().where(where)));
            assertEquals(ids.size(), database.count(IdQuery.all()));
            assertEquals(ids.size() - 1, database.count(IdQuery.all().where(where).after("a\0")));
            assertEquals(1, database.count(IdQuery.first(1).where(where)));
          }
        }
        assertEquals(
            List.of("s27", "s28"),
            writer.ids(IdQuery.first(2).where(Condition.parse("n > 25")).after("s26")));
        assertThrows(
            InvalidConditionException.class,
            () -> writer.ids(IdQuery.first(1).where(Condition.parse("m = 1")).after("")));
        writer.declareAttribute("m", AttributeValue.Type.LONG);
        assertEquals(
            List.of(), reader.ids(IdQuery.first(1).where(Condition.parse("m = 1")).after("")));
      }
    }
  }

  private static SeriesEntry entry(String id, long n, RandomSeries series) {
    return new SeriesEntry(id, series.next(), Attributes.none().with("n", n));
  }

  /** SQL would take minutes for it, and the columns do not. */
  @Test
  void aConditionThatIsSlowInSqlIsAnsweredFromColumns() {
    try (EmbeddedTsdb database = Tsdb.open(directory.resolve("db"), OPTIONS)) {
      List<SeriesEntry> entries = new ArrayList<>();
      RandomSeries series = new RandomSeries(1, 16);
      for (int i = 0; i < 3000; i++) {
        entries.add(
            new SeriesEntry(
                "s" + i, series.next(), Attributes.none().with("t", "a".repeat(2000) + i % 7)));
      }
      database.insertAll(entries);
      String hostile =
          IntStream.range(0, 50)
              .mapToObj(i -> "t like '%" + "a_".repeat(400) + "b" + i + "%'")
              .collect(Collectors.joining(" or "));
      Tsdb impatient = database.withTimeout(Duration.ofMinutes(1));
      assertEquals(
          List.of(), impatient.ids(IdQuery.first(10).where(Condition.parse(hostile)).after("")));
      assertEquals(
          List.of("s0", "s1"),
          impatient.ids(
              IdQuery.first(2).where(Condition.parse("not (" + hostile + ")")).after("")));
      assertFalse(
          impatient
              .ids(IdQuery.first(10).where(Condition.parse("t like '%a_a_a_a_a6'")).after(""))
              .isEmpty());
    }
  }
}
