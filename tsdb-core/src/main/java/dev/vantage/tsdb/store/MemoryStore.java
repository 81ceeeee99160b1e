package dev.vantage.tsdb.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.condition.Row;
import dev.vantage.tsdb.rows.BoundSelect;
import dev.vantage.tsdb.rows.RowCollector;
import dev.vantage.tsdb.rows.Rows;
import dev.vantage.tsdb.rows.Select;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.SeriesIds;
import dev.vantage.tsdb.series.TimeSeries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** A store in memory. Thread-safe. Its data ends with the process. */
public final class MemoryStore implements Store {
  /** The number of rows that a select reads between two runs of its checkpoint. */
  private static final int ROWS_AT_ONCE = 4096;

  private final SortedMap<String, String> properties;

  @GuardedBy("this")
  private final NavigableMap<String, Long> keysById = new TreeMap<>(SeriesIds.ORDER);

  @GuardedBy("this")
  private final NavigableMap<Long, Stored> series = new TreeMap<>();

  @GuardedBy("this")
  private AttributeTypes attributeTypes = AttributeTypes.noneDeclared();

  @GuardedBy("this")
  private List<Long> vantagePoints = List.of();

  @GuardedBy("this")
  private Revision revision =
      new Revision(Seals.randomId(), 0, Seals.randomId(), 0, OptionalLong.empty());

  private record Stored(IndexedSeries indexed, PointSummary summary) implements Row {
    @Override
    public Optional<AttributeValue> value(String attribute) {
      return AttributeTypes.isBuiltIn(attribute)
          ? summary.value(attribute, entry().id())
          : Optional.ofNullable(entry().attributes().asMap().get(attribute));
    }

    SeriesEntry entry() {
      return indexed.entry();
    }

    Stored with(double[] distances) {
      return new Stored(new IndexedSeries(indexed.key(), entry(), distances), summary);
    }

    Stored with(Attributes attributes) {
      SeriesEntry changed = new SeriesEntry(entry().id(), entry().series(), attributes);
      return new Stored(new IndexedSeries(indexed.key(), changed, indexed.distances()), summary);
    }

    DescribedSeries described() {
      return new DescribedSeries(indexed.key(), summary, entry().attributes());
    }
  }

  /** The present state, read under the lock of the store. */
  private final class MemorySnapshot implements StoreSnapshot {
    @Override
    public Revision revision() {
      return MemoryStore.this.revision();
    }

    @Override
    public SortedMap<String, String> properties() {
      return properties;
    }

    @Override
    public List<Long> vantagePoints() {
      return MemoryStore.this.vantagePoints();
    }

    @Override
    public long[] keys() {
      return MemoryStore.this.keys();
    }

    @Override
    public void forEach(long after, long last, Consumer<IndexedSeries> consumer) {
      between(after, last).forEach(one -> consumer.accept(one.indexed()));
    }

    @Override
    public AttributeTypes attributeTypes() {
      return MemoryStore.this.attributeTypes();
    }

    @Override
    public void describe(long after, long last, Consumer<DescribedSeries> consumer) {
      between(after, last).forEach(one -> consumer.accept(one.described()));
    }

    @Override
    public Optional<TimeSeries> series(long key) {
      return MemoryStore.this.series(key);
    }
  }

  /**
   * Creates an empty store.
   *
   * @param properties the properties of the database
   */
  public MemoryStore(SortedMap<String, String> properties) {
    this.properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
  }

  @Override
  public SortedMap<String, String> properties() {
    return properties;
  }

  @Override
  public synchronized Revision revision() {
    return revision;
  }

  @Override
  public Revision applied() {
    return revision();
  }

  @Override
  public synchronized AttributeTypes attributeTypes() {
    return attributeTypes;
  }

  @Override
  public synchronized void apply(Change change, TimeLimit limit) {
    // First, because creating these objects may fail.
    List<DistanceRow> updated = List.copyOf(change.updated());
    attributeTypes = attributeTypes.withAll(change.declared());
    for (long key : change.removed()) {
      Stored removed = Objects.requireNonNull(series.remove(key), "removed key must be stored");
      keysById.remove(removed.entry().id());
    }
    long lastKey = revision.lastKey();
    for (IndexedSeries added : change.added()) {
      PointSummary summary =
          PointSummary.of(added.entry().series(), change.insertedAt(added.key()));
      keysById.put(added.entry().id(), added.key());
      series.put(added.key(), new Stored(added, summary));
      lastKey = Math.max(lastKey, added.key());
    }
    for (DistanceRow row : updated) {
      series.computeIfPresent(row.key(), (key, old) -> old.with(row.distances()));
    }
    for (AttributeDelta one : change.attributes()) {
      series.computeIfPresent(one.key(), (key, old) -> old.with(one.series().attributes()));
    }
    vantagePoints = change.vantagePoints().map(List::copyOf).orElse(vantagePoints);
    revision =
        new Revision(
            revision.databaseId(),
            revision.generation() + 1,
            Seals.randomId(),
            lastKey,
            OptionalLong.empty());
  }

  @Override
  public synchronized Optional<SeriesEntry> get(String id) {
    return Optional.ofNullable(keysById.get(id)).map(series::get).map(Stored::entry);
  }

  @Override
  public synchronized Optional<TimeSeries> series(long key) {
    return Optional.ofNullable(series.get(key)).map(one -> one.entry().series());
  }

  @Override
  public synchronized List<String> ids(Optional<Filter> filter, String after, int limit) {
    List<String> ids = new ArrayList<>();
    for (Map.Entry<String, Long> one : keysById.tailMap(after, false).entrySet()) {
      if (ids.size() == limit) {
        break;
      }
      Stored stored = series.get(one.getValue());
      if (stored != null && (filter.isEmpty() || filter.get().matches(stored))) {
        ids.add(one.getKey());
      }
    }
    return List.copyOf(ids);
  }

  @Override
  public long count(Optional<Filter> filter, String after) {
    return ids(filter, after, Integer.MAX_VALUE).size();
  }

  @Override
  public Rows select(Select select, Runnable checkpoint) {
    AttributeTypes types;
    List<Stored> all = new ArrayList<>();
    synchronized (this) { // only while the references are copied, so that writers do not wait
      types = attributeTypes;
      keysById.values().forEach(key -> Optional.ofNullable(series.get(key)).ifPresent(all::add));
    }
    Optional<Filter> filter = select.where().map(condition -> condition.bind(types));
    RowCollector collector = RowCollector.of(BoundSelect.of(select, types));
    for (int i = 0; i < all.size() && !collector.isComplete(); i++) {
      if (i % ROWS_AT_ONCE == 0) {
        checkpoint.run();
      }
      if (filter.isEmpty() || filter.get().matches(all.get(i))) {
        collector.add(all.get(i));
      }
    }
    return collector.rows();
  }

  @Override
  public synchronized <T> T read(Function<StoreSnapshot, T> reader) {
    return reader.apply(new MemorySnapshot());
  }

  private synchronized List<Long> vantagePoints() {
    return vantagePoints;
  }

  private synchronized long[] keys() {
    return series.keySet().stream().mapToLong(Long::longValue).toArray();
  }

  /** The series with keys after one and up to another; a view, so the caller must hold the lock. */
  private synchronized Collection<Stored> between(long after, long last) {
    return series.subMap(after, false, last, true).values();
  }

  @Override
  public void backup(Path file) {
    throw new StoreException(
        StoreException.Kind.INVALID_LOCATION,
        "only a database in a directory can be backed up: in memory");
  }

  @Override
  public List<String> check() {
    return List.of();
  }

  @Override
  public int format() {
    return CURRENT_FORMAT;
  }

  @Override
  public void close() {
    // The garbage collector frees the data.
  }
}
