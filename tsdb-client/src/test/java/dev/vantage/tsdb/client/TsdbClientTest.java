package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.IdTakenException;
import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnknownIdException;
import dev.vantage.tsdb.VantagePointException;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.condition.InvalidConditionException;
import dev.vantage.tsdb.engine.ScanModel;
import dev.vantage.tsdb.rows.Aggregate;
import dev.vantage.tsdb.rows.RowOrder;
import dev.vantage.tsdb.rows.Select;
import dev.vantage.tsdb.rows.SelectColumn;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.InvalidAttributeException;
import dev.vantage.tsdb.series.InvalidIdException;
import dev.vantage.tsdb.series.InvalidSeriesException;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database behind a server behaves like an embedded one. */
class TsdbClientTest {
  private static final int LENGTH = 64;
  private static final Settings SETTINGS =
      Settings.DEFAULT.withLength(LENGTH).withVantagePoints(4).withSeed(7);
  private static final TimeSeries TIMES_IN_DAYS =
      TimeSeries.of(new double[] {3.5, 1, 20.25}, new double[] {1, 2, 4});

  private ServerProcess server;
  private TsdbClient client;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    server = ServerProcess.start(directory.resolve("db"), SETTINGS);
    client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT);
  }

  @AfterEach
  void end() {
    client.close();
    server.close();
  }

  @Test
  void aRandomHistoryGoesAsInAnEmbeddedDatabase() {
    long seed = Seeds.seed("random history");
    Random random = new Random(seed);
    RandomSeries series = new RandomSeries(seed, LENGTH);
    try (Tsdb embedded = Tsdb.inMemory(SETTINGS, 1)) {
      // Vantage points are chosen from the series of one call, which for a client is one series.
      for (int i = 0; i < SETTINGS.vantagePoints(); i++) {
        SeriesEntry entry = new SeriesEntry("s-" + i, series.next());
        embedded.insert(entry);
        client.insert(entry);
      }
      for (int step = 0; step < 400; step++) {
        Function<Tsdb, ?> call = anyCall(random, series);
        String where = "step=" + step + ", rerun with -Dtsdb.seed=" + seed;
        assertEquals(Outcome.of(embedded, call), Outcome.of(client, call), where);
      }
      assertEquals(Outcome.of(embedded, Tsdb::stats), Outcome.of(client, Tsdb::stats));
    }
    assertAnswersAreThoseOfAScan(series, "rerun with -Dtsdb.seed=" + seed);
  }

  private static Function<Tsdb, ?> anyCall(Random random, RandomSeries series) {
    String id = "s-" + random.nextInt(60);
    return switch (random.nextInt(30)) {
      case 0, 1, 2, 3 -> {
        SeriesEntry entry = new SeriesEntry(id, series.next(), anyAttributes(random));
        yield database -> {
          database.insert(entry);
          return entry.id();
        };
      }
      case 4, 5 -> {
        SeriesEntry entry = new SeriesEntry(id, series.next(), anyAttributes(random));
        yield database -> database.put(entry);
      }
      case 6 -> {
        List<SeriesEntry> entries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          String any = "s-" + random.nextInt(60);
          boolean bad = random.nextInt(4) == 0;
          entries.add(
              new SeriesEntry(any, bad ? TIMES_IN_DAYS : series.next(), anyAttributes(random)));
        }
        boolean replace = random.nextBoolean();
        yield database -> replace ? database.putAll(entries) : database.insertAll(entries);
      }
      case 7 ->
          database -> {
            database.delete(id);
            return id;
          };
      case 8 -> database -> database.addVantagePoint(id);
      case 9 -> database -> database.get(id);
      case 10 -> {
        int limit = random.nextInt(5); // 0 is refused
        yield database -> database.ids(IdQuery.first(limit));
      }
      case 11 -> database -> database.ids(IdQuery.first(3).after(id));
      case 12 -> Tsdb::stats;
      case 13, 14 -> {
        // Some are unknown, more often early than late.
        List<String> ids =
            random.ints(random.nextInt(6), 0, 60).mapToObj(any -> "s-" + any).toList();
        Query query = anyQuery(random);
        yield database -> database.searchAll(ids.stream().map(query::about).toList());
      }
      case 15 -> {
        List<TimeSeries> sought = new ArrayList<>();
        for (int i = 0; i < random.nextInt(6); i++) {
          sought.add(random.nextInt(10) == 0 ? TIMES_IN_DAYS : series.next());
        }
        Query query = anyQuery(random);
        yield database -> database.searchAll(sought.stream().map(query::about).toList());
      }
      case 16 -> {
        TimeSeries sought = series.next();
        Query query = anyQuery(random);
        yield database -> database.search(query.about(sought));
      }
      case 17 -> {
        String name = any(random, "n", "s", "later", "mean", "");
        Type type = Type.values()[random.nextInt(Type.values().length)];
        yield database -> {
          database.declareAttribute(name, type);
          return name;
        };
      }
      case 18 -> Tsdb::attributeTypes;
      case 21 -> {
        AttributeChanges changes = anyChanges(random);
        yield database -> {
          database.setAttributes(id, changes);
          return id;
        };
      }
      case 22 -> {
        Map<String, AttributeChanges> changes = new LinkedHashMap<>();
        for (int i = 0; i < 8; i++) {
          changes.put(any(random, "", "s-" + random.nextInt(60)), anyChanges(random));
        }
        yield database -> database.setAttributes(changes);
      }
      case 19 -> {
        Condition where = anyCondition(random);
        yield database -> database.ids(IdQuery.first(1000).where(where));
      }
      case 20 -> {
        Condition where = anyCondition(random);
        yield database -> database.ids(IdQuery.first(3).where(where).after(id));
      }
      case 23 -> {
        IdQuery query = IdQuery.first(1 + random.nextInt(40)).where(anyCondition(random));
        IdQuery from = random.nextBoolean() ? query.after(id) : query;
        yield database -> database.count(from);
      }
      case 25, 26 -> {
        Select select = anySelect(random);
        yield database -> database.select(select);
      }
      case 24 -> database -> database.count(IdQuery.all());
      default -> {
        Query query = anyQuery(random);
        yield database -> database.search(query.about(id));
      }
    };
  }

  private static String any(Random random, String... all) {
    return all[random.nextInt(all.length)];
  }

  private static AttributeChanges anyChanges(Random random) {
    Attributes set = anyAttributes(random);
    List<String> names = new ArrayList<>(List.of("n", "s", "unknown"));
    names.removeAll(set.asMap().keySet());
    return AttributeChanges.setting(set)
        .without(Set.copyOf(names.subList(0, random.nextInt(names.size() + 1))));
  }

  /** Returns attributes; some differ in type from earlier values. */
  private static Attributes anyAttributes(Random random) {
    Attributes attributes = Attributes.none();
    if (random.nextBoolean()) {
      attributes = attributes.with("n", random.nextInt(5));
    } else if (random.nextBoolean()) {
      attributes = attributes.with("n", random.nextInt(8) / 2.0);
    }
    if (random.nextBoolean()) {
      attributes = attributes.with("s", any(random, "a", "b", "it's", "\u20ac"));
    }
    if (random.nextInt(3) == 0) {
      attributes =
          random.nextBoolean()
              ? attributes.with("t", "2024-05-01T20:15:00+02:00")
              : attributes.with("t", TimestampValue.ofEpochMicroseconds(random.nextLong() >> 12));
    }
    return random.nextInt(10) == 0 ? attributes.with(any(random, "s", "mean"), true) : attributes;
  }

  /** Some have an attribute that there is not, or is of another type, or not yet. */
  private static Condition anyCondition(Random random) {
    return Condition.parse(
        any(
            random,
            "n>2",
            "n is null or not s='a'",
            "(((length=64))) and mean>0",
            "t < '2024-05-02' or t is null",
            "s in ('it''s','\u20ac')",
            "id like 's-1%'",
            "inserted_at is null",
            "s = 'a'  and  nothing = 1",
            "s='a' and n  = 'x'"));
  }

  /** Returns attributes; some are declared late or never. */
  private static List<String> anySelection(Random random) {
    return random
        .ints(1 + random.nextInt(3))
        .mapToObj(i -> any(random, "n", "s", "t", "later", "id", "mean", "length", "nothing"))
        .toList();
  }

  /** Some have an attribute or a type that does not fit, or columns that are not grouped by. */
  private static Select anySelect(Random random) {
    List<SelectColumn> columns = new ArrayList<>();
    List<String> plain = random.nextInt(3) == 0 ? List.of() : anySelection(random);
    plain.stream().distinct().forEach(name -> columns.add(SelectColumn.of(name)));
    for (int i = random.nextInt(3); i > 0; i--) {
      Aggregate aggregate = Aggregate.values()[random.nextInt(Aggregate.values().length)];
      columns.add(SelectColumn.of(aggregate, anySelection(random).get(0)).as("a" + i));
    }
    Select select = columns.isEmpty() ? Select.all() : Select.of(columns);
    select = random.nextBoolean() ? select.where(anyCondition(random)) : select;
    select = random.nextInt(3) > 0 ? select.groupedBy(plain.stream().distinct().toList()) : select;
    return select
        .orderedBy(random.nextBoolean() ? List.of(RowOrder.descending("n")) : List.of())
        .limit(1 + random.nextInt(20));
  }

  private static Query anyQuery(Random random) {
    Query query =
        switch (random.nextInt(3)) {
          case 0 -> Query.like("any").nearest(1 + random.nextInt(10));
          case 1 -> Query.like("any").within(random.nextDouble());
          default -> Query.like("any").within(1).nearest(3);
        };
    Query where = random.nextInt(3) == 0 ? query.where(anyCondition(random)) : query;
    where = random.nextInt(3) == 0 ? where.selecting(anySelection(random)) : where;
    return random.nextBoolean() ? where.includingSelf() : where;
  }

  private void assertAnswersAreThoseOfAScan(RandomSeries series, String seed) {
    ScanModel model = new ScanModel(SETTINGS);
    List<String> ids = client.ids(IdQuery.first(1000));
    assertTrue(ids.size() > 10, () -> "too few series are left; " + seed);
    ids.forEach(id -> model.put(id, client.get(id).series()));
    for (String id : ids) {
      Query query = Query.like("any").nearest(7);
      assertEquals(model.similar(id, query), client.search(query.about(id)).neighbors(), seed);
    }
    TimeSeries sought = series.next();
    Query query = Query.like("any").within(0.9);
    SearchResult found = client.search(query.about(sought));
    assertEquals(model.similar(sought, query), found.neighbors(), seed);
    SearchReport report = found.report();
    assertEquals(report.candidates(), report.exactDistances() + report.totalPruned(), seed);
  }

  @Test
  void whatIsStoredComesBackAsItWas() {
    Attributes attributes =
        Attributes.none()
            .with("text", "d\u00e9j\u00e0 \"vu\"\n\ud83d\ude00")
            .with("large", Long.MAX_VALUE)
            .with("whole as a fraction", 5.0)
            .with("tiny", Double.MIN_VALUE)
            .with("time", TimestampValue.ofEpochMicroseconds(-1))
            .with("text like a time", "2024-05-01T20:15:00Z")
            .with("truth", true);
    List<TimeSeries> all =
        List.of(
            TimeSeries.ofValues(1, 1 / 3.0, -0.0, 1e300, Double.MIN_VALUE),
            TimeSeries.of(new double[] {0.75, 0, 0.5, 0.5}, new double[] {3, 1, 2, 0}),
            TIMES_IN_DAYS.foldedBy(0.641754351271));
    for (int i = 0; i < all.size(); i++) {
      SeriesEntry entry = new SeriesEntry("\u00e9/" + i + " \ud83d\ude00", all.get(i), attributes);
      client.insert(entry);
      assertEquals(entry, client.get(entry.id()));
    }
  }

  @Test
  void refusalsHaveTheTypesOfAnEmbeddedDatabase() {
    SeriesEntry entry = new SeriesEntry("a", TimeSeries.ofValues(1, 2, 3));
    client.insert(entry);
    for (int i = 0; i < 4; i++) {
      client.insert("v" + i, TimeSeries.ofValues(1, i, 3, -i));
    }
    String vantagePoint = client.stats().vantagePoints().get(0);
    Query query = Query.like("any").nearest(1);
    assertThrows(IdTakenException.class, () -> client.insert(entry));
    assertThrows(UnknownIdException.class, () -> client.get("b"));
    assertThrows(UnknownIdException.class, () -> client.delete("b"));
    assertThrows(UnknownIdException.class, () -> client.search(query.about("b")));
    assertThrows(UnknownIdException.class, () -> client.addVantagePoint("b"));
    assertThrows(VantagePointException.class, () -> client.addVantagePoint(vantagePoint));
    client.delete(vantagePoint);
    assertThrows(UnknownIdException.class, () -> client.get(vantagePoint));
    assertThrows(InvalidIdException.class, () -> client.get(""));
    assertThrows(InvalidIdException.class, () -> client.delete("a\n"));
    assertThrows(InvalidSeriesException.class, () -> client.insert("c", TIMES_IN_DAYS));
    assertThrows(
        InvalidSeriesException.class, () -> client.put(new SeriesEntry("c", TIMES_IN_DAYS)));
    assertThrows(InvalidSeriesException.class, () -> client.search(query.about(TIMES_IN_DAYS)));
    assertThrows(
        InvalidAttributeException.class, () -> client.declareAttribute("mean", Type.DOUBLE));
    assertThrows(
        InvalidAttributeException.class,
        () -> client.put(new SeriesEntry("c", entry.series(), Attributes.none().with("id", 1))));
    Condition unknown = Condition.parse("id='a'   and nothing=1");
    InvalidConditionException e =
        assertThrows(
            InvalidConditionException.class, () -> client.ids(IdQuery.first(1).where(unknown)));
    assertEquals(14, e.column());
    assertThrows(
        InvalidConditionException.class, () -> client.search(query.where(unknown).about("a")));
    assertThrows(
        InvalidConditionException.class,
        () -> client.search(query.where(unknown).about(entry.series())));
    assertThrows(
        InvalidConditionException.class,
        () ->
            client.searchAll(
                List.of("a", "v1").stream().map(query.where(unknown)::about).toList()));
    assertThrows(InvalidRequestException.class, () -> client.ids(IdQuery.first(0)));
    assertThrows(InvalidRequestException.class, () -> client.search(Query.like("a").nearest(0)));
    assertThrows(InvalidRequestException.class, () -> client.withTimeout(Duration.ZERO));
    assertEquals(4, client.stats().series());
  }

  @Test
  void thousandsOfSeriesGoInTogether() {
    RandomSeries series = new RandomSeries(1, LENGTH);
    List<SeriesEntry> entries = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      entries.add(new SeriesEntry(String.format("s-%04d", i), series.next()));
    }
    entries.set(1000, new SeriesEntry("s-0007", series.next()));
    entries.set(1001, new SeriesEntry("bad", TIMES_IN_DAYS));
    entries.set(2999, new SeriesEntry("worse", TIMES_IN_DAYS));
    List<InsertOutcome> outcomes = client.insertAll(entries);
    assertEquals(entries.size(), outcomes.size());
    for (int i = 0; i < outcomes.size(); i++) {
      InsertOutcome outcome = outcomes.get(i);
      assertEquals(entries.get(i).id(), outcome.id());
      Optional<Class<?>> failure = outcome.failure().map(Object::getClass);
      Optional<Class<?>> expected =
          switch (i) {
            case 1000 -> Optional.of(IdTakenException.class);
            case 1001, 2999 -> Optional.of(InvalidSeriesException.class);
            default -> Optional.empty();
          };
      assertEquals(expected, failure, "i=" + i);
      assertEquals(expected.isEmpty(), outcome.created(), "i=" + i);
    }
    assertEquals(2997, client.stats().series());
    assertEquals(entries.get(7), client.get("s-0007"));
    List<InsertOutcome> again = client.putAll(entries.subList(0, 10));
    assertTrue(again.stream().allMatch(o -> o.failure().isEmpty() && !o.created()));
    assertEquals(List.of(), client.putAll(List.of()));
  }

  @Test
  void aViewWithATimeoutIsTheSameDatabase() {
    Tsdb view = client.withTimeout(Duration.ofMinutes(1));
    view.insert("a", TimeSeries.ofValues(1, 2, 3));
    view.close();
    client.ping();
    assertEquals(List.of("a"), client.ids(IdQuery.first(10)));
    assertEquals(List.of("a"), view.ids(IdQuery.first(10)));
  }
}
