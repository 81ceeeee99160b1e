package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.AttributeLimits;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.pool.Coprocessor;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.BooleanValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.InvalidAttributeException;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.store.DescribedSeries;
import dev.vantage.tsdb.store.MemoryStore;
import dev.vantage.tsdb.store.sqlite.SqliteStore;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each attribute has one type: its declaration, and the values that convert to it. */
class AttributeTypingTest {
  private static final Settings SETTINGS =
      Settings.DEFAULT.withLength(64).withMultiplier(5).withVantagePoints(4);
  private static final Map<Type, String> NAMES =
      Map.of(
          Type.DOUBLE, "a double",
          Type.LONG, "a long",
          Type.TEXT, "a text",
          Type.BOOLEAN, "a boolean",
          Type.TIMESTAMP, "a timestamp");

  @TempDir Path directory;

  private static AttributeTyping declared() {
    AttributeTypes types = AttributeTypes.noneDeclared();
    for (Map.Entry<Type, String> name : NAMES.entrySet()) {
      types = types.with(name.getValue(), name.getKey());
    }
    return new AttributeTyping(types, AttributeLimits.DEFAULT);
  }

  private static AttributeValue accepted(AttributeValue value, Type type) {
    String name = NAMES.get(type);
    return declared().accept(Attributes.none().with(name, value)).asMap().get(name);
  }

  private static String refusal(AttributeValue value, Type type) {
    return assertThrows(InvalidAttributeException.class, () -> accepted(value, type)).getMessage();
  }

  @Test
  void keepsValuesOfTheirType() {
    for (AttributeValue value :
        List.of(
            new DoubleValue(0.55),
            new LongValue(7),
            new TextValue("RRab"),
            new BooleanValue(true),
            TimestampValue.ofEpochMicroseconds(1))) {
      assertEquals(value, accepted(value, value.type()));
    }
  }

  @Test
  void convertsWhatLosesNothing() {
    assertEquals(new DoubleValue(-3), accepted(new LongValue(-3), Type.DOUBLE));
    assertEquals(new DoubleValue(0x1p53), accepted(new LongValue(1L << 53), Type.DOUBLE));
    assertEquals(new DoubleValue(-0x1p63), accepted(new LongValue(Long.MIN_VALUE), Type.DOUBLE));
    assertEquals(new DoubleValue(0.0), accepted(new DoubleValue(-0.0), Type.DOUBLE));
    assertEquals(new LongValue(12), accepted(new DoubleValue(12), Type.LONG));
    assertEquals(new LongValue(0), accepted(new DoubleValue(-0.0), Type.LONG));
    assertEquals(new LongValue(Long.MIN_VALUE), accepted(new DoubleValue(-0x1p63), Type.LONG));
    Instant noon = Instant.parse("2024-02-29T12:00:00.25Z");
    for (String text : List.of("2024-02-29T12:00:00.25Z", "2024-02-29T14:00:00.250+02:00")) {
      assertEquals(new TimestampValue(noon), accepted(new TextValue(text), Type.TIMESTAMP));
    }
  }

  @Test
  void refusesWhatWouldLoseSomething() {
    for (long number : new long[] {(1L << 53) + 1, Long.MAX_VALUE, Long.MIN_VALUE + 1}) {
      refusal(new LongValue(number), Type.DOUBLE);
    }
    for (double number : new double[] {0.5, 0x1p63, -0x1.1p63, 1e300}) {
      refusal(new DoubleValue(number), Type.LONG);
    }
    for (String text :
        List.of("", "yesterday", "2024-02-30T12:00:00Z", "2024-02-29T12:00:00", "1709208000")) {
      refusal(new TextValue(text), Type.TIMESTAMP);
    }
    refusal(new TextValue("1"), Type.LONG);
    refusal(new TextValue("true"), Type.BOOLEAN);
    refusal(new LongValue(1), Type.BOOLEAN);
    refusal(new LongValue(1), Type.TIMESTAMP);
    refusal(new LongValue(1), Type.TEXT);
    refusal(TimestampValue.ofEpochMicroseconds(1), Type.TEXT);
    assertEquals(
        "attribute must be of its type: name='a long', type=long, value='0.55' (double)",
        refusal(new DoubleValue(0.55), Type.LONG));
    String message = refusal(new TextValue("\ud83d\ude00".repeat(30_000)), Type.LONG);
    assertTrue(message.length() < 300, message);
  }

  @Test
  void aFirstValueDeclaresItsTypeUnlessItsSeriesIsRefused() {
    AttributeTyping declarations =
        new AttributeTyping(AttributeTypes.noneDeclared(), AttributeLimits.DEFAULT);
    declarations.accept(Attributes.none().with("period", 1L));
    Attributes bad = Attributes.none().with("band", "V").with("period", 0.5).with("zero", 0L);
    assertThrows(InvalidAttributeException.class, () -> declarations.accept(bad));
    for (String builtIn : AttributeTypes.noneDeclared().all().keySet()) {
      assertThrows(
          InvalidAttributeException.class,
          () -> declarations.accept(Attributes.none().with("band", "V").with(builtIn, 1.0)));
    }
    assertEquals(Map.of("period", Type.LONG), declarations.added());
    declarations.accept(Attributes.none().with("band", 3L));
    assertEquals(
        AttributeTypes.noneDeclared().with("period", Type.LONG).with("band", Type.LONG),
        declarations.types());
  }

  @Test
  void aSeriesOfTheWrongTypeIsRefusedAndTheRestOfTheBatchStored() {
    RandomSeries series = new RandomSeries(Seeds.random("types").nextLong(), 50);
    List<SeriesEntry> entries =
        List.of(
            new SeriesEntry("a", series.next(), Attributes.none().with("period", 0.5)),
            new SeriesEntry("b", series.next(), Attributes.none().with("period", "long")),
            new SeriesEntry("c", series.next(), Attributes.none().with("period", 3L)),
            new SeriesEntry("d", series.next(), Attributes.none().with("mean", 3L)),
            new SeriesEntry("e", series.next()));
    Path path = directory.resolve("db");
    OpenOptions options = OpenOptions.DEFAULT.withSettings(SETTINGS).withThreads(2);
    try (Tsdb database = Tsdb.open(path, options)) {
      List<InsertOutcome> outcomes = database.insertAll(entries);
      for (int i = 0; i < entries.size(); i++) {
        boolean refused = i == 1 || i == 3;
        assertEquals(!refused, outcomes.get(i).created(), "series=" + i);
        assertEquals(
            refused, outcomes.get(i).failure().orElse(null) instanceof InvalidAttributeException);
      }
      assertEquals(List.of("a", "c", "e"), database.ids(IdQuery.first(10)));
      assertEquals(Attributes.none().with("period", 3.0), database.get("c").attributes());
    }
    try (Tsdb database = Tsdb.open(path, options)) {
      assertThrows(InvalidAttributeException.class, () -> database.put(entries.get(1)));
      assertTrue(
          database.put(new SeriesEntry("b", series.next(), Attributes.none().with("n", 1L))));
    }
    try (SqliteStore store = SqliteStore.openToRead(path)) {
      assertEquals(
          AttributeTypes.noneDeclared().with("n", Type.LONG).with("period", Type.DOUBLE),
          store.attributeTypes());
    }
  }

  @Test
  void insertsAreTimed() {
    MemoryStore store = new MemoryStore(SettingsCodec.properties(SETTINGS));
    Instant noon = Instant.parse("2024-02-29T12:00:00Z");
    RandomSeries series = new RandomSeries(Seeds.random("clock").nextLong(), 50);
    SeriesEntry entry = new SeriesEntry("a", series.next());
    Deadline deadline = Deadline.after(Optional.<Duration>empty(), System::nanoTime);
    try (Database database =
        new Database(
            SETTINGS, SettingsCodec.metric(SETTINGS), store, new Coprocessor(1), Long.MAX_VALUE)) {
      Clock clock = Clock.fixed(noon, ZoneOffset.UTC);
      DatabaseWriter writer = new DatabaseWriter(database, AttributeLimits.DEFAULT, clock);
      writer.insertAll(List.of(entry), false, deadline);
      assertEquals(Map.of("a", noon), insertionTimes(store));
      Instant later = noon.plusSeconds(60);
      writer =
          new DatabaseWriter(database, AttributeLimits.DEFAULT, Clock.fixed(later, ZoneOffset.UTC));
      writer.insertAll(List.of(entry), false, deadline);
      assertEquals(Map.of("a", noon), insertionTimes(store), "the id was taken");
      writer.insertAll(List.of(entry), true, deadline);
      assertEquals(Map.of("a", later), insertionTimes(store));
      writer.declareAttribute("period", Type.DOUBLE, deadline);
      SeriesEntry whole = new SeriesEntry("b", series.next(), Attributes.none().with("period", 2L));
      writer.insertAll(List.of(whole), false, deadline);
      assertEquals(
          Attributes.none().with("period", 2.0), store.get("b").orElseThrow().attributes());
    }
  }

  private static Map<String, Instant> insertionTimes(MemoryStore store) {
    List<DescribedSeries> described = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    store.read(
        snapshot -> {
          snapshot.describe(described::add);
          snapshot.forEach(0, one -> ids.add(one.entry().id()));
          return true;
        });
    Map<String, Instant> times = new TreeMap<>();
    for (int i = 0; i < ids.size(); i++) {
      times.put(ids.get(i), described.get(i).summary().insertedAt().orElseThrow());
    }
    return times;
  }
}
