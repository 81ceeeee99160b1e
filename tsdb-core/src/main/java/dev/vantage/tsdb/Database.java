package dev.vantage.tsdb;

import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.search.AttributeLoad;
import dev.vantage.tsdb.search.Coprocessor;
import dev.vantage.tsdb.search.IndexUpdate;
import dev.vantage.tsdb.search.MissingAttributesException;
import dev.vantage.tsdb.search.RowGoneException;
import dev.vantage.tsdb.search.VantageIndex;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.store.IndexedSeries;
import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.StoreSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * What all views of one embedded database share: the store, the index over it, and the locks
 * between its writers. Thread-safe.
 *
 * <p>Two locks order the writers; searches take neither. An insert holds {@link #vantageLock}
 * shared from before it computes distances until they are published; whatever changes the vantage
 * points holds it alone. {@link #commitLock} is held while a change becomes durable and is
 * published, so that store and index change in the same order; writes that wait for it are
 * committed together ({@link CommitQueue}).
 */
final class Database implements AutoCloseable {
  private static final int LOADED_AT_ONCE = 512;

  private final Settings settings;
  private final Metric metric;
  private final Store store;
  private final Coprocessor pool;
  private final VantageIndex index;
  private final ReentrantReadWriteLock vantageLock = new ReentrantReadWriteLock(true);
  private final Lock commitLock = new ReentrantLock(true);
  private final SearchedSnapshot searched = new SearchedSnapshot();
  private final ChangeCount changes = new ChangeCount();
  private final Checkpointing checkpointing;
  private long generation;

  /** Those of the series that searches see; changed under the lock of commits. */
  private volatile AttributeTypes attributeTypes = AttributeTypes.noneDeclared();

  /** A database over a store, with the usual rule for when a checkpoint is worth its while. */
  Database(Settings settings, Metric metric, Store store, Coprocessor pool, long room) {
    this(settings, metric, store, pool, room, Checkpointing.LEAST_SERIES);
  }

  /**
   * A database over a store. Reads a checkpoint of the index, or every series; prepares next to
   * none, and computes no distance.
   *
   * @param metric the metric that the store's distances were computed with
   * @param pool where distances are computed; closed with the database, or if this fails
   * @param room the most bytes for spectra in memory
   * @param leastSeries how many series make a checkpoint worth its while
   */
  Database(
      Settings settings, Metric metric, Store store, Coprocessor pool, long room, int leastSeries) {
    this.settings = settings;
    this.metric = metric;
    this.store = store;
    this.pool = pool;
    index = new VantageIndex(metric, pool, this::loadRow, room);
    checkpointing = new Checkpointing(this, leastSeries);
    try {
      store.read(
          snapshot -> {
            attributeTypes = snapshot.attributeTypes();
            generation = loadAll(snapshot);
            return true;
          });
    } catch (RuntimeException | Error e) {
      pool.close();
      throw e;
    }
  }

  /** A new pool for a database that is opened so. */
  static Coprocessor pool(OpenOptions options) {
    return new Coprocessor(
        options.threads(), options.smallSearches() == OpenOptions.SmallSearches.BY_CALLER);
  }

  Settings settings() {
    return settings;
  }

  Metric metric() {
    return metric;
  }

  Store store() {
    return store;
  }

  Coprocessor pool() {
    return pool;
  }

  VantageIndex index() {
    return index;
  }

  ReentrantReadWriteLock vantageLock() {
    return vantageLock;
  }

  Lock commitLock() {
    return commitLock;
  }

  Checkpointing checkpointing() {
    return checkpointing;
  }

  AttributeTypes attributeTypes() {
    return attributeTypes;
  }

  void setAttributeTypes(AttributeTypes types) {
    attributeTypes = types;
  }

  /** The row of a series under the metric of a database with these settings. */
  static double[] prepare(Settings settings, TimeSeries series) {
    Metric metric = StoredSettings.metric(settings);
    double[] row = new double[metric.rowSize()];
    metric.prepare(settings.resampling().resample(series, settings.length()), row, 0);
    return row;
  }

  /** The row of a series under the metric. */
  double[] prepare(TimeSeries series) {
    double[] row = new double[metric.rowSize()];
    prepare(series, row);
    return row;
  }

  private void prepare(TimeSeries series, double[] row) {
    metric.prepare(settings.resampling().resample(series, settings.length()), row, 0);
  }

  private boolean loadRow(long key, double[] row) {
    Optional<TimeSeries> stored = store.series(key).or(() -> searched.series(key));
    stored.ifPresent(series -> prepare(series, row));
    return stored.isPresent();
  }

  /**
   * Searches the index. Where another process has removed a series that the search needs, takes up
   * what that process has stored, and searches again, with the storage held at that moment. The
   * first search with a condition reads the attributes of all series.
   */
  <T> T search(Deadline deadline, Supplier<T> search) {
    while (true) {
      try {
        return search.get();
      } catch (RowGoneException e) {
        return searchSnapshot(deadline, search);
      } catch (MissingAttributesException e) {
        loadAttributes(deadline);
      }
    }
  }

  private void loadAttributes(Deadline deadline) {
    deadline.lock(commitLock);
    try {
      if (!index.hasAttributes()) {
        store.read(
            snapshot -> {
              load(snapshot);
              loadAttributes(snapshot);
              return true;
            });
      }
    } finally {
      commitLock.unlock();
    }
  }

  private void loadAttributes(StoreSnapshot snapshot) {
    AttributeLoad load = index.loadAttributes();
    snapshot.describe(series -> load.set(series.key(), series.values()));
    load.publish();
  }

  private <T> T searchSnapshot(Deadline deadline, Supplier<T> search) {
    deadline.lock(commitLock);
    try {
      return store.read(
          snapshot -> {
            load(snapshot);
            searched.open(snapshot);
            try {
              return search.get();
            } catch (MissingAttributesException e) {
              loadAttributes(snapshot);
              return search.get();
            } finally {
              searched.close();
            }
          });
    } finally {
      commitLock.unlock();
    }
  }

  /** Takes up what another process has stored since; whether there was anything. */
  boolean refresh(Deadline deadline) {
    deadline.lock(commitLock);
    try {
      if (store.generation() == generation) {
        return false;
      }
      store.read(
          snapshot -> {
            load(snapshot);
            return true;
          });
      return true;
    } finally {
      commitLock.unlock();
    }
  }

  /** Takes up what a snapshot has and the index has not; while the lock of commits is held. */
  void load(StoreSnapshot snapshot) {
    if (snapshot.generation() != generation) {
      attributeTypes = snapshot.attributeTypes();
      generation = hasOwnVantagePoints(snapshot) ? loadNew(snapshot) : loadAll(snapshot);
    }
  }

  /** Shows a change of this database's own, which is stored; while the lock of commits is held. */
  void showOwn(Runnable change) {
    show(change);
    generation++;
  }

  /** Lets searches see a change: the only way to one. While the lock of commits is held. */
  void show(Runnable change) {
    changes.show(change);
  }

  /** How many changes searches have been shown, or empty while they are shown one. */
  OptionalLong changeCount() {
    return changes.get();
  }

  private boolean hasOwnVantagePoints(StoreSnapshot snapshot) {
    IndexUpdate update = index.update();
    List<Long> keys = Arrays.stream(update.vantagePoints()).mapToObj(update::storageKey).toList();
    return keys.equals(snapshot.vantagePoints());
  }

  private long loadAll(StoreSnapshot snapshot) {
    OptionalLong changes = new CheckpointReader(this).load(snapshot);
    if (changes.isPresent()) {
      checkpointing.setChanges(changes.getAsLong());
      return snapshot.generation();
    }
    checkpointing.setChanges(Double.POSITIVE_INFINITY);
    IndexUpdate update = index.update();
    Arrays.stream(update.ordinals()).forEach(update::remove);
    update.forgetAttributes();
    Map<Long, Integer> ordinals = new HashMap<>();
    List<Long> vantagePoints = snapshot.vantagePoints();
    vantagePoints.forEach(key -> ordinals.put(key, -1));
    Map<Integer, double[]> distances = new HashMap<>();
    load(
        snapshot,
        0,
        update,
        (ordinal, series) -> {
          distances.put(ordinal, series.distances());
          ordinals.replace(series.key(), ordinal);
        });
    update.loadVantagePoints(
        vantagePoints.stream().mapToInt(ordinals::get).toArray(), distances::get);
    show(update::publish);
    return snapshot.generation();
  }

  /** Adds series with new keys, and removes those whose keys are gone. */
  private long loadNew(StoreSnapshot snapshot) {
    IndexUpdate update = index.update();
    long[] keys = snapshot.keys();
    long greatest = 0;
    for (int ordinal : update.ordinals()) {
      long key = update.storageKey(ordinal);
      greatest = Math.max(greatest, key);
      if (Arrays.binarySearch(keys, key) < 0) {
        update.remove(ordinal);
      }
    }
    Map<Long, Integer> added = new HashMap<>();
    load(
        snapshot,
        greatest,
        update,
        (ordinal, series) -> {
          update.setDistances(ordinal, series.distances());
          added.put(series.key(), ordinal);
        });
    if (update.hasAttributes()) {
      snapshot.describe(
          greatest, series -> update.setAttributes(added.get(series.key()), series.values()));
    }
    show(update::publish);
    return snapshot.generation();
  }

  private interface Loaded {
    void added(int ordinal, IndexedSeries series);
  }

  private void load(StoreSnapshot snapshot, long after, IndexUpdate update, Loaded loaded) {
    Set<Long> vantagePoints = Set.copyOf(snapshot.vantagePoints());
    forEachPrepared(
        snapshot,
        after,
        (series, row) -> {
          String id = series.entry().id();
          // Vantage points are needed at once, when another process may have replaced them.
          int ordinal =
              index.isResident() || vantagePoints.contains(series.key())
                  ? update.add(id, series.key(), row)
                  : update.addStored(id, series.key(), row);
          loaded.added(ordinal, series);
        });
  }

  /** Reads series one by one, and prepares them many at a time on the pool. */
  void forEachPrepared(
      StoreSnapshot snapshot, long after, BiConsumer<IndexedSeries, double[]> consumer) {
    List<IndexedSeries> batch = new ArrayList<>(LOADED_AT_ONCE);
    snapshot.forEach(
        after,
        series -> {
          batch.add(series);
          if (batch.size() == LOADED_AT_ONCE) {
            prepareAll(batch, consumer);
          }
        });
    prepareAll(batch, consumer);
  }

  private void prepareAll(List<IndexedSeries> batch, BiConsumer<IndexedSeries, double[]> consumer) {
    double[][] rows = new double[batch.size()][];
    pool.forEach(
        rows.length,
        16,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            rows[i] = prepare(batch.get(i).entry().series());
          }
        });
    for (int i = 0; i < rows.length; i++) {
      consumer.accept(batch.get(i), rows[i]);
    }
    batch.clear();
  }

  /** Ends the use of the index, and not that of the store. */
  void closeIndex() {
    pool.close();
  }

  @Override
  public void close() {
    closeIndex();
    store.close();
  }
}
