package dev.vantage.tsdb.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.condition.RandomConditions;
import dev.vantage.tsdb.rows.Aggregate;
import dev.vantage.tsdb.rows.Rows;
import dev.vantage.tsdb.rows.Select;
import dev.vantage.tsdb.rows.SelectColumn;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.InvalidAttributeException;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract of every store. */
public abstract class StoreContract {
  private final List<Store> opened = new ArrayList<>();

  /** Opens an empty store. */
  protected abstract Store make();

  private Store store() {
    Store store = make();
    opened.add(store);
    return store;
  }

  @AfterEach
  void close() {
    opened.forEach(Store::close);
  }

  private static Change adding(long key, SeriesEntry entry, Map<String, Type> declared) {
    return new Change(
        List.of(),
        declared,
        List.of(new IndexedSeries(key, entry, new double[0])),
        Optional.of(Instant.parse("2024-02-29T12:00:00.123456789Z")),
        List.of(),
        Optional.empty(),
        List.of(true));
  }

  @Test
  void holdsWhatWasApplied() {
    for (int round = 0; round < 5; round++) {
      RandomChanges changes = new RandomChanges(Seeds.random(getClass().getSimpleName()));
      MemoryStore model = new MemoryStore(new TreeMap<>());
      Store store = store();
      for (int i = 0; i < 40; i++) {
        Change change = changes.next();
        model.apply(change);
        store.apply(change);
        assertEquals(model.generation(), store.generation());
        assertEquals(model.lastKey(), store.lastKey());
        assertEquals(store.revision(), store.applied());
        assertEquals(store.revision(), store.read(StoreSnapshot::revision));
      }
      assertEquals(StoreContents.of(model), StoreContents.of(store));
    }
  }

  @Test
  void describesWhatIsNew() {
    RandomChanges changes = new RandomChanges(Seeds.random(getClass().getSimpleName()));
    Store store = store();
    for (int i = 0; i < 30; i++) {
      store.apply(changes.next());
    }
    List<DescribedSeries> all = StoreContents.of(store).described();
    assertTrue(all.size() > 10, "series=" + all.size());
    long middle = all.get(all.size() / 2).key();
    List<DescribedSeries> rest = new ArrayList<>();
    store.read(
        snapshot -> {
          snapshot.describe(middle, rest::add);
          return true;
        });
    assertEquals(all.subList(all.size() / 2 + 1, all.size()), rest);
  }

  @Test
  void describesSomeSeries() {
    Store store = store();
    List<IndexedSeries> added = new ArrayList<>();
    for (long key = 1; key <= 600; key++) { // more than one query finds
      Attributes attributes =
          key % 3 == 0 ? Attributes.none() : Attributes.none().with("a", key).with("b", -key);
      SeriesEntry entry = new SeriesEntry("s" + key, TimeSeries.ofValues(key, 0), attributes);
      added.add(new IndexedSeries(key, entry, new double[0]));
    }
    store.declare("a", Type.LONG);
    store.declare("b", Type.LONG);
    store.apply(Change.adding(added, Map.of()));
    List<DescribedSeries> all = StoreContents.of(store).described();
    List<DescribedSeries> some = all.stream().filter(one -> one.key() % 7 > 0).toList();
    long[] keys =
        LongStream.concat(
                some.stream().mapToLong(DescribedSeries::key), LongStream.of(store.lastKey() + 1))
            .toArray();
    List<DescribedSeries> found = new ArrayList<>();
    store.read(
        snapshot -> {
          snapshot.describe(keys, found::add);
          return true;
        });
    assertEquals(some, found);
  }

  @Test
  void changesAttributesAndNothingElse() {
    Store store = store();
    TimeSeries points = TimeSeries.ofValues(2, 4, 4, 4, 5, 5, 7, 9);
    Attributes before = Attributes.none().with("type", "ab").with("n", 1).with("stays", true);
    store.apply(
        adding(
            7,
            new SeriesEntry("a", points, before),
            Map.of("type", Type.TEXT, "n", Type.LONG, "stays", Type.BOOLEAN)));
    StoreContents old = StoreContents.of(store);
    DescribedSeries described = old.described().get(0);
    Attributes after = Attributes.none().with("type", "c").with("stays", true).with("later", 0.5);
    AttributeDelta delta =
        AttributeDelta.between(described, new DescribedSeries(7, described.summary(), after));
    assertEquals(Set.of("n"), delta.removed());
    assertEquals(Set.of("type", "later"), delta.set().keySet());
    store.apply(Change.declaring(Map.of("later", Type.DOUBLE)).withAttributes(List.of(delta)));
    StoreContents now = StoreContents.of(store);
    assertEquals(old.rows(), now.rows());
    assertEquals(old.generation() + 1, now.generation());
    assertEquals(List.of(new DescribedSeries(7, described.summary(), after)), now.described());
    assertEquals(List.of(new SeriesEntry("a", points, after)), now.entries());
    Filter filter = Condition.parse("type = 'c' and n is null").bind(store.attributeTypes());
    assertEquals(List.of("a"), store.ids(Optional.of(filter), "", 10));
    assertEquals(List.of(), store.check());
  }

  @Test
  void knowsWhatEverySeriesHasByItself() {
    Store store = store();
    Attributes attributes =
        Attributes.none()
            .with("clean", true)
            .with("seen", AttributeValue.TimestampValue.ofEpochMicroseconds(-1));
    store.apply(
        adding(
            7,
            new SeriesEntry("a", TimeSeries.ofValues(2, 4, 4, 4, 5, 5, 7, 9), attributes),
            Map.of("clean", Type.BOOLEAN, "seen", Type.TIMESTAMP)));
    PointSummary summary =
        new PointSummary(5, 2, 8, Optional.of(Instant.parse("2024-02-29T12:00:00.123456Z")));
    assertEquals(
        List.of(new DescribedSeries(7, summary, attributes)), StoreContents.of(store).described());
  }

  @Test
  void declaresATypeOnceAndForAll() {
    Store store = store();
    store.declare("period", Type.DOUBLE);
    assertEquals(1, store.generation());
    store.declare("period", Type.DOUBLE);
    assertEquals(1, store.generation());
    assertThrows(InvalidAttributeException.class, () -> store.declare("period", Type.LONG));
    assertThrows(InvalidAttributeException.class, () -> store.declare("mean", Type.DOUBLE));
    store.declare("\ud83d\ude00", Type.TIMESTAMP);
    assertEquals(2, store.generation());
    AttributeTypes types =
        AttributeTypes.noneDeclared()
            .with("period", Type.DOUBLE)
            .with("\ud83d\ude00", Type.TIMESTAMP);
    assertEquals(types, store.attributeTypes());
    assertEquals(types, store.read(StoreSnapshot::attributeTypes));
  }

  @Test
  void pagesIdsByCodePoints() {
    Store store = store();
    List<String> ids = List.of("a", "ab", "b", "\u00e9", "\uffee", "\ud83d\ude00");
    for (int i = 0; i < ids.size(); i++) {
      SeriesEntry entry = new SeriesEntry(ids.get(ids.size() - 1 - i), TimeSeries.ofValues(1, 2));
      store.apply(adding(i + 1, entry, Map.of()));
    }
    assertEquals(ids, store.ids(Optional.empty(), "", 10));
    assertEquals(6, store.count(Optional.empty(), ""));
    assertEquals(1, store.count(Optional.empty(), "\uffee"));
    assertEquals(ids.subList(0, 2), store.ids(Optional.empty(), "", 2));
    assertEquals(ids.subList(2, 5), store.ids(Optional.empty(), "ab", 3));
    assertEquals(ids.subList(5, 6), store.ids(Optional.empty(), "\uffee", 3));
    assertEquals(List.of(), store.ids(Optional.empty(), "\ud83d\ude00", 3));
  }

  @Test
  void listsTheIdsThatPassAFilter() {
    Random random = Seeds.random(getClass().getSimpleName());
    RandomConditions conditions = new RandomConditions(random);
    MemoryStore model = new MemoryStore(new TreeMap<>());
    Store store = store();
    Change change = rows(conditions, random);
    model.apply(change);
    store.apply(change);
    int partial = 0;
    for (int i = 0; i < 500; i++) {
      String text = conditions.nextCondition(random.nextInt(5));
      Filter filter = Condition.parse(text).bind(store.attributeTypes());
      List<String> expected = model.ids(Optional.of(filter), "", 1000);
      assertEquals(expected, store.ids(Optional.of(filter), "", 1000), text);
      assertEquals(expected.size(), store.count(Optional.of(filter), ""), text);
      if (expected.size() > 3) {
        partial++;
        List<String> page = store.ids(Optional.of(filter), expected.get(0), 2);
        assertEquals(expected.subList(1, 3), page, text);
        assertEquals(expected.size() - 1, store.count(Optional.of(filter), expected.get(0)), text);
      }
    }
    assertTrue(partial > 50, "conditions that pass some: " + partial);
  }

  @Test
  void selectsWhatTheDefinitionSays() {
    SelectAgreement.check(this::make, 400, Seeds.random(getClass().getSimpleName()));
  }

  @Tag("soak")
  @Test
  void selectsWhatTheDefinitionSaysTenThousandTimes() {
    SelectAgreement.check(this::make, 10_000, Seeds.random(getClass().getSimpleName()));
  }

  @Test
  void writersDoNotWaitForASelect() {
    Store store = store();
    Map<String, Type> declared = Map.of("n", Type.LONG);
    SeriesEntry one = new SeriesEntry("a", TimeSeries.ofValues(1, 2), Attributes.none());
    SeriesEntry other = new SeriesEntry("b", TimeSeries.ofValues(1, 3), Attributes.none());
    store.apply(adding(1, one, declared));
    AtomicInteger checkpoints = new AtomicInteger();
    Rows rows =
        store.select(
            Select.columns("id", "n"),
            () -> {
              if (checkpoints.getAndIncrement() == 0) {
                assertTimeoutPreemptively(
                    Duration.ofMinutes(1), () -> store.apply(adding(2, other, Map.of())));
              }
            });
    assertEquals(1, rows.size(), "rows of one snapshot");
    assertEquals(2, store.select(Select.columns("id"), () -> {}).size());
  }

  @Test
  void aCheckpointEndsASelect() {
    Store store = store();
    store.apply(
        adding(1, new SeriesEntry("a", TimeSeries.ofValues(1, 2), Attributes.none()), Map.of()));
    IllegalStateException end = new IllegalStateException("end");
    for (Select select :
        List.of(
            Select.columns("id"),
            Select.of(List.of(SelectColumn.countOfRows())),
            Select.of(List.of(SelectColumn.of(Aggregate.MEAN, "length"))))) {
      Runnable ending =
          () -> {
            throw end;
          };
      assertSame(end, assertThrows(RuntimeException.class, () -> store.select(select, ending)));
      assertEquals(1, store.select(select, () -> {}).size());
    }
  }

  /** Series with random attributes, all in one change. */
  private static Change rows(RandomConditions conditions, Random random) {
    List<IndexedSeries> added = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (long key = 1; key <= 60; key++) {
      Map<String, AttributeValue> row = new TreeMap<>(conditions.nextRow());
      String id = row.get(AttributeTypes.ID).toString();
      row.keySet().removeIf(AttributeTypes::isBuiltIn);
      row.replaceAll((name, value) -> withoutNegativeZero(value));
      TimeSeries points = TimeSeries.ofValues(random.nextInt(3), 3, random.nextInt(3));
      if (ids.add(id)) {
        SeriesEntry entry = new SeriesEntry(id, points, Attributes.of(row));
        added.add(new IndexedSeries(key, entry, new double[0]));
      }
    }
    return new Change(
        List.of(),
        conditions.types().declared(),
        added,
        Optional.of(Instant.parse("2024-05-01T00:00:00Z")),
        List.of(),
        Optional.empty(),
        Collections.nCopies(added.size(), true));
  }

  private static AttributeValue withoutNegativeZero(AttributeValue value) {
    return value instanceof AttributeValue.DoubleValue number
        ? new AttributeValue.DoubleValue(number.value() + 0.0)
        : value;
  }
}
