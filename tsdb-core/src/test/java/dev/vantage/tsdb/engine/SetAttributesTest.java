package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.AttributeLimits;
import dev.vantage.tsdb.AttributeOutcome;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.ReadOnlyException;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnknownIdException;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.index.IndexState;
import dev.vantage.tsdb.pool.Coprocessor;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.InvalidAttributeException;
import dev.vantage.tsdb.series.InvalidIdException;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.store.sqlite.SqliteStore;
import dev.vantage.tsdb.testkit.PostgresServer;
import dev.vantage.tsdb.testkit.RandomSeries;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attributes of stored series change, and nothing else. */
class SetAttributesTest {
  private static final Settings SETTINGS =
      Settings.DEFAULT.withLength(32).withMultiplier(5).withVantagePoints(3);
  private static final OpenOptions OPTIONS =
      OpenOptions.DEFAULT
          .withSettings(SETTINGS)
          .withThreads(2)
          .withAttributeLimits(new AttributeLimits(3, 5));
  private static final OpenOptions READ_ONLY = OPTIONS.withAccess(OpenOptions.Access.READ_ONLY);

  @TempDir private Path directory;

  private final RandomSeries series = new RandomSeries(3, 30);

  private List<SeriesEntry> entries(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> new SeriesEntry("s" + i, series.next(), Attributes.none().with("n", (long) i)))
        .toList();
  }

  private static AttributeChanges setting(String name, String value) {
    return AttributeChanges.setting(Attributes.none().with(name, value));
  }

  private static List<String> found(Tsdb database, String condition) {
    return database
        .search(Query.like("s0").within(2).includingSelf().where(condition))
        .neighbors()
        .stream()
        .map(Neighbor::id)
        .sorted()
        .toList();
  }

  /**
   * Searches and listings answer by the new attributes, and a database that is opened later too.
   */
  private void changesWhatIsAsked(String location) {
    List<SeriesEntry> entries = entries(12);
    try (EmbeddedTsdb database = Tsdb.open(location, OPTIONS)) {
      database.insertAll(entries);
      String vantagePoint = database.stats().vantagePoints().get(0);
      assertEquals(List.of(vantagePoint), found(database, "id = '" + vantagePoint + "'"));
      Attributes set = Attributes.none().with("n", 100).with("band", "g");
      database.setAttributes("s4", AttributeChanges.setting(set));
      database.setAttributes(vantagePoint, AttributeChanges.removing(Set.of("n", "unknown")));
      check(database, entries, vantagePoint);
      assertEquals(List.of(), database.verify(Progress.NONE).problems());
    }
    try (EmbeddedTsdb database = Tsdb.open(location, READ_ONLY)) {
      check(database, entries, vantagePoint(database));
      assertThrows(
          ReadOnlyException.class, () -> database.setAttributes("s4", AttributeChanges.none()));
    }
  }

  private static String vantagePoint(Tsdb database) {
    return database.stats().vantagePoints().get(0);
  }

  private static void check(Tsdb database, List<SeriesEntry> entries, String vantagePoint) {
    assertEquals(List.of("s4"), found(database, "n = 100 and band = 'g'"));
    assertEquals(List.of(vantagePoint), found(database, "n is null"));
    assertEquals(
        List.of("s4"), database.ids(IdQuery.first(9).where("n > 50")), "as a listing finds it");
    for (SeriesEntry entry : entries) {
      Attributes expected =
          entry.id().equals("s4")
              ? Attributes.none().with("n", 100).with("band", "g")
              : entry.id().equals(vantagePoint) ? Attributes.none() : entry.attributes();
      assertEquals(new SeriesEntry(entry.id(), entry.series(), expected), database.get(entry.id()));
    }
  }

  @Test
  void changesWhatIsAskedInADirectory() {
    changesWhatIsAsked(directory.resolve("db").toString());
  }

  @Test
  void changesWhatIsAskedInPostgres() throws Exception {
    PostgresServer server = PostgresServer.shared();
    changesWhatIsAsked(server.url(server.createDatabase()));
  }

  @Test
  void oneBadItemEndsNoBatch() {
    try (EmbeddedTsdb database = Tsdb.open(directory, OPTIONS)) {
      database.insertAll(entries(6));
      Map<String, AttributeChanges> changes = new LinkedHashMap<>();
      changes.put("s3", setting("band", "g"));
      changes.put("nobody", setting("fresh", "x"));
      changes.put("s1", setting("n", "a text"));
      changes.put("", setting("fresh", "x"));
      changes.put(
          "s2", AttributeChanges.setting(Attributes.none().with("a", 1).with("b", 1).with("c", 1)));
      changes.put("s4", setting("mean", "x"));
      changes.put("s5", AttributeChanges.setting(Attributes.none().with("n", 2.0)));
      changes.put("s0", AttributeChanges.setting(Attributes.none().with("band", 5)));
      List<AttributeOutcome> outcomes = database.setAttributes(changes);
      assertEquals(
          List.copyOf(changes.keySet()), outcomes.stream().map(AttributeOutcome::id).toList());
      List<Class<?>> failures = new ArrayList<>();
      outcomes.forEach(one -> failures.add(one.failure().map(Object::getClass).orElse(null)));
      List<Class<?>> expected = new ArrayList<>();
      expected.add(null);
      expected.add(UnknownIdException.class);
      expected.add(InvalidAttributeException.class);
      expected.add(InvalidIdException.class);
      expected.add(InvalidAttributeException.class);
      expected.add(InvalidAttributeException.class);
      expected.add(null); // 2.0 is the long 2
      expected.add(InvalidAttributeException.class);
      assertEquals(expected, failures);
      assertEquals(
          "attribute count of a series must be <= 3: attributes=4",
          outcomes.get(4).failure().orElseThrow().getMessage());
      assertEquals(Map.of("n", Type.LONG, "band", Type.TEXT), database.attributeTypes().declared());
      assertEquals(List.of("s3"), found(database, "band = 'g'"));
      assertEquals(Attributes.none().with("n", 2), database.get("s5").attributes());
      assertEquals(Attributes.none().with("n", 0), database.get("s0").attributes());
      assertEquals(List.of(), database.verify(Progress.NONE).problems());
    }
  }

  @Test
  void aSeriesWithTooManyMayLoseSome() {
    OpenOptions strict = OPTIONS.withAttributeLimits(new AttributeLimits(1, 5));
    Attributes three = Attributes.none().with("a", 1).with("b", 2).with("c", 3);
    try (EmbeddedTsdb database = Tsdb.open(directory, OPTIONS)) {
      database.insert(new SeriesEntry("s0", series.next(), three));
    }
    try (EmbeddedTsdb database = Tsdb.open(directory, strict)) {
      AttributeChanges more = AttributeChanges.setting(Attributes.none().with("d", 4));
      assertThrows(InvalidAttributeException.class, () -> database.setAttributes("s0", more));
      database.setAttributes("s0", AttributeChanges.removing(Set.of("a")));
      database.setAttributes("s0", AttributeChanges.setting(Attributes.none().with("b", 5)));
      assertEquals(Attributes.none().with("b", 5).with("c", 3), database.get("s0").attributes());
    }
  }

  @Test
  void whatChangesNothingIsNotStored() {
    try (SqliteStore store =
            SqliteStore.openToWrite(directory, SettingsCodec.properties(SETTINGS));
        Database database =
            new Database(
                SETTINGS, SettingsCodec.metric(SETTINGS), store, new Coprocessor(2), 1 << 20)) {
      DatabaseWriter writer =
          new DatabaseWriter(database, AttributeLimits.DEFAULT, Clock.systemUTC());
      writer.insertAll(entries(3), false, Deadline.NONE);
      long before = store.generation();
      Attributes same = Attributes.none().with("n", 1.0);
      assertEquals(
          List.of(AttributeOutcome.changed("s1")),
          writer.setAttributes(Map.of("s1", AttributeChanges.setting(same)), Deadline.NONE));
      assertEquals(before, store.generation());
      writer.setAttributes(Map.of("s1", setting("text", "x")), Deadline.NONE);
      assertEquals(before + 1, store.generation());
    }
  }

  /** A change takes no distance, and neither ordinals nor rows nor trees change. */
  @Test
  void computesNoDistance() {
    AtomicInteger distances = new AtomicInteger();
    try (SqliteStore store =
            SqliteStore.openToWrite(directory, SettingsCodec.properties(SETTINGS));
        Database database =
            new Database(
                SETTINGS,
                new CountingMetric(SettingsCodec.metric(SETTINGS), distances),
                store,
                new Coprocessor(2),
                1 << 20)) {
      DatabaseWriter writer =
          new DatabaseWriter(database, AttributeLimits.DEFAULT, Clock.systemUTC());
      List<SeriesEntry> entries = entries(5000);
      writer.insertAll(entries, false, Deadline.NONE);
      AttributeTypes types = database.attributeTypes();
      assertEquals(
          List.of("s7"),
          database.search(
              Deadline.NONE,
              () ->
                  database.searcher().ids(Condition.parse("n = 7").bind(types), "", 9, () -> {})));
      IndexState before = database.index().state();
      distances.set(0);
      Map<String, AttributeChanges> changes = new LinkedHashMap<>();
      entries.forEach(one -> changes.put(one.id(), setting("band", "of " + one.id())));
      List<AttributeOutcome> outcomes = writer.setAttributes(changes, Deadline.NONE);
      assertTrue(outcomes.stream().allMatch(one -> one.failure().isEmpty()));
      assertEquals(0, distances.get());
      IndexState after = database.index().state();
      assertSame(before.live(), after.live());
      assertSame(before.rows(), after.rows());
      assertSame(before.vantage(), after.vantage());
      assertArrayEquals(before.live().toArray(), after.live().toArray());
      assertFalse(types.declared().containsKey("band"));
      assertEquals(Optional.of(Type.TEXT), database.attributeTypes().type("band"));
      database.index().checkInvariants();
    }
  }

  @Test
  void changesWhatIsAskedInMemory() {
    try (EmbeddedTsdb database = Tsdb.inMemory(SETTINGS, 2)) {
      database.insertAll(entries(3));
      assertEquals(List.of("s1"), found(database, "n = 1"));
      database.setAttributes("s1", AttributeChanges.setting(Attributes.none().with("n", 9)));
      assertEquals(List.of(), found(database, "n = 1"));
      assertEquals(List.of("s1"), found(database, "n = 9"));
      assertEquals(Attributes.none().with("n", 9), database.get("s1").attributes());
    }
  }

  @Test
  void namesThatCannotChangeAreRefused() {
    for (String name : List.of("mean", "id", " ", "a\nb")) {
      assertThrows(
          InvalidAttributeException.class, () -> AttributeChanges.removing(Set.of(name)), name);
    }
    InvalidAttributeException both =
        assertThrows(
            InvalidAttributeException.class, () -> setting("a", "x").without(Set.of("a", "b")));
    assertEquals("attribute must be either set or removed: name='a'", both.getMessage());
    assertInstanceOf(
        InvalidAttributeException.class,
        assertThrows(
            RuntimeException.class,
            () -> new AttributeChanges(Attributes.none(), new TreeSet<>(Set.of("std")))));
  }

  @Test
  void changesApplyToAttributes() {
    AttributeChanges changes =
        AttributeChanges.setting(
                Attributes.of(Map.of("a", new TextValue("new"), "b", new DoubleValue(2))))
            .without(Set.of("c"));
    assertEquals(
        Attributes.none().with("a", "new").with("b", 2.0).with("d", 1),
        changes.applyTo(Attributes.none().with("a", "old").with("c", 3).with("d", 1)));
    assertEquals(AttributeChanges.none(), AttributeChanges.removing(Set.of()));
  }
}
