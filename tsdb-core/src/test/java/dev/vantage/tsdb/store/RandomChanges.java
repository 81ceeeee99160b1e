package dev.vantage.tsdb.store;

import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Random sequences of valid changes, as a database could apply them. */
public final class RandomChanges {
  private static final List<String> TEXTS =
      List.of("", "RR Lyrae", "caf\u00e9", "\ud83d\ude00", "\uffee", "a 'quoted' \"one\" \\ %_");

  private final Random random;
  private final List<Long> keys = new ArrayList<>();
  private final Map<Long, String> ids = new TreeMap<>();
  private final List<Long> vantagePoints = new ArrayList<>();
  private final Map<Long, DescribedSeries> described = new TreeMap<>();
  private AttributeTypes types = AttributeTypes.noneDeclared();
  private long lastKey;
  private int made;

  public RandomChanges(Random random) {
    this.random = random;
  }

  public Change next() {
    Map<String, Type> declared = new TreeMap<>();
    if (types.declared().size() < 12 && random.nextInt(3) == 0) {
      declare(declared, Type.values()[random.nextInt(Type.values().length)]);
    }
    List<Long> removed = new ArrayList<>();
    List<Long> free = new ArrayList<>(keys);
    free.removeAll(vantagePoints);
    Collections.shuffle(free, random);
    free.stream().limit(random.nextInt(3)).forEach(removed::add);
    List<String> freed = removed.stream().map(ids::get).toList();
    removed.forEach(
        key -> {
          keys.remove(key);
          ids.remove(key);
          described.remove(key);
        });
    boolean changesVantagePoints = !keys.isEmpty() && random.nextInt(4) == 0;
    if (changesVantagePoints) {
      vantagePoints.clear();
      List<Long> shuffled = new ArrayList<>(keys);
      Collections.shuffle(shuffled, random);
      shuffled.stream().limit(1 + random.nextInt(5)).forEach(vantagePoints::add);
    }
    List<DistanceRow> rows =
        changesVantagePoints
            ? keys.stream().map(key -> new DistanceRow(key, distances())).toList()
            : List.of();
    List<AttributeDelta> changed = changedAttributes();
    List<IndexedSeries> added = new ArrayList<>();
    List<Boolean> created = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      // Now and then a removed series comes back under another key: it was replaced.
      boolean replaces = added.isEmpty() && !freed.isEmpty() && random.nextBoolean();
      added.add(series(replaces ? freed.get(0) : id()));
      created.add(!replaces);
    }
    Optional<Instant> insertedAt =
        random.nextInt(5) == 0 ? Optional.empty() : Optional.of(instant());
    for (IndexedSeries one : added) {
      PointSummary summary = PointSummary.of(one.entry().series(), insertedAt);
      described.put(one.key(), new DescribedSeries(one.key(), summary, one.entry().attributes()));
    }
    Change change =
        new Change(
            removed,
            declared,
            added,
            insertedAt,
            rows,
            changesVantagePoints ? Optional.of(List.copyOf(vantagePoints)) : Optional.empty(),
            created);
    return change.withAttributes(changed);
  }

  /** Makes a change of attributes alone; requires a stored series. */
  public Change nextOfAttributes() {
    return new Change(
            List.of(),
            Map.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of())
        .withAttributes(List.of(changed(keys.get(random.nextInt(keys.size())))));
  }

  private List<AttributeDelta> changedAttributes() {
    List<Long> shuffled = new ArrayList<>(keys);
    Collections.shuffle(shuffled, random);
    return shuffled.stream().limit(random.nextInt(3)).map(this::changed).toList();
  }

  private AttributeDelta changed(long key) {
    DescribedSeries before = described.get(key);
    DescribedSeries after = new DescribedSeries(key, before.summary(), attributes());
    described.put(key, after);
    return AttributeDelta.between(before, after);
  }

  private void declare(Map<String, Type> declared, Type type) {
    String name = TEXTS.get(1 + random.nextInt(TEXTS.size() - 1)) + types.declared().size();
    declared.put(name, type);
    types = types.with(name, type);
  }

  private String id() {
    return TEXTS.get(random.nextInt(TEXTS.size())) + made++;
  }

  private Attributes attributes() {
    Attributes attributes = Attributes.none();
    for (Map.Entry<String, Type> type : types.declared().entrySet()) {
      if (random.nextBoolean()) {
        attributes = attributes.with(type.getKey(), value(type.getValue()));
      }
    }
    return attributes;
  }

  private IndexedSeries series(String id) {
    long key = lastKey += 1 + random.nextInt(3);
    keys.add(key);
    ids.put(key, id);
    return new IndexedSeries(key, new SeriesEntry(id, points(), attributes()), distances());
  }

  private double[] distances() {
    return random.doubles(vantagePoints.size()).toArray();
  }

  private TimeSeries points() {
    double[] values = random.doubles(2 + random.nextInt(20), -1e3, 1e3).toArray();
    if (random.nextBoolean()) {
      return TimeSeries.ofValues(values);
    }
    TimeSeries timed = TimeSeries.of(random.doubles(values.length, -5, 5).toArray(), values);
    return random.nextBoolean() ? timed : timed.foldedBy(0.5 + random.nextDouble());
  }

  private Instant instant() {
    return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
  }

  private AttributeValue value(Type type) {
    return switch (type) {
      case DOUBLE ->
          new AttributeValue.DoubleValue(
              List.of(0.0, -1.0, Double.MIN_VALUE, Double.MAX_VALUE, random.nextGaussian())
                  .get(random.nextInt(5)));
      case LONG ->
          new AttributeValue.LongValue(
              List.of(0L, Long.MIN_VALUE, Long.MAX_VALUE, random.nextLong())
                  .get(random.nextInt(4)));
      case TEXT -> new AttributeValue.TextValue(TEXTS.get(random.nextInt(TEXTS.size())));
      case BOOLEAN -> new AttributeValue.BooleanValue(random.nextBoolean());
      case TIMESTAMP ->
          new AttributeValue.TimestampValue(
              List.of(
                      Instant.parse("0001-01-01T00:00:00Z"),
                      Instant.parse("9999-12-31T23:59:59.999999Z"),
                      Instant.EPOCH,
                      instant())
                  .get(random.nextInt(4)));
    };
  }
}
