package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.engine.checkpoint.CheckpointLoader;
import dev.vantage.tsdb.engine.checkpoint.CheckpointScheduler;
import dev.vantage.tsdb.engine.prepare.SeriesPreparer;
import dev.vantage.tsdb.index.AttributeLoad;
import dev.vantage.tsdb.index.IndexUpdate;
import dev.vantage.tsdb.index.MissingAttributesException;
import dev.vantage.tsdb.index.SeriesGoneException;
import dev.vantage.tsdb.index.VantageIndex;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.pool.Coprocessor;
import dev.vantage.tsdb.search.Searcher;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.store.IndexedSeries;
import dev.vantage.tsdb.store.Revision;
import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.StoreReads;
import dev.vantage.tsdb.store.StoreSnapshot;
import dev.vantage.tsdb.store.TimeLimit;
import java.time.Duration;
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
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store, the index over it and the locks between writers, shared by all views of one embedded
 * database. Thread-safe.
 *
 * <p>Two locks order the writers; searches take neither. An insert holds {@link #vantageLock}
 * shared from before it computes distances until they are published; a change of the vantage points
 * holds it exclusively. {@link #commitLock} is held while a change becomes durable and is
 * published, so that store and index change in the same order; writes that wait for it are
 * committed together ({@link CommitQueue}).
 */
public final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final Revision NONE = new Revision(0, 0, 0, 0, OptionalLong.empty());

  /** If the storage needs longer for a listing, the index answers it. */
  private static final Duration QUICK_LISTING = Duration.ofMillis(250);

  private final Settings settings;
  private final Metric metric;
  private final Store store;
  private final Coprocessor pool;
  private final VantageIndex index;
  private final Searcher searcher;
  private final ReentrantReadWriteLock vantageLock = new ReentrantReadWriteLock(true);
  private final Lock commitLock = new ReentrantLock(true);
  private final PinnedSnapshot searched = new PinnedSnapshot();
  private final ChangeCount changes = new ChangeCount();
  private final SeriesPreparer preparer;
  private final CheckpointScheduler checkpointing;
  private final AttributeLoader attributeLoading = new AttributeLoader(this::loadAttributes);

  /** The state of the store that the index has; changed under the commit lock, after the index. */
  private volatile Revision revision = NONE;

  /** The types of the attributes that searches see; changed under the commit lock. */
  private volatile AttributeTypes attributeTypes = AttributeTypes.noneDeclared();

  /** Opens a database over a store, with the usual rule for writing checkpoints. */
  public Database(Settings settings, Metric metric, Store store, Coprocessor pool, long room) {
    this(settings, metric, store, pool, room, CheckpointScheduler.LEAST_SERIES);
  }

  /**
   * Opens a database over a store. Reads a checkpoint of the index, or every series. Prepares few
   * series and computes no distance.
   *
   * @param metric the metric that the store's distances were computed with
   * @param pool where distances are computed; closed with the database, or if this fails
   * @param room the most bytes for spectra in memory
   * @param leastSeries the fewest series for which a checkpoint is written
   */
  public Database(
      Settings settings, Metric metric, Store store, Coprocessor pool, long room, int leastSeries) {
    this.settings = settings;
    this.metric = metric;
    this.store = store;
    this.pool = pool;
    index = new VantageIndex(metric, pool, this::loadRow, room);
    searcher = new Searcher(index);
    preparer = new SeriesPreparer(metric, settings.resampling());
    checkpointing =
        new CheckpointScheduler(
            index, store.checkpoints(), commitLock, this::revision, leastSeries);
    try {
      store.read(
          snapshot -> {
            attributeTypes = snapshot.attributeTypes();
            loadAll(snapshot);
            revision = snapshot.revision();
            return true;
          });
    } catch (RuntimeException | Error e) {
      pool.close();
      throw e;
    }
  }

  /** Creates the coprocessor pool for a database opened with these options. */
  public static Coprocessor pool(OpenOptions options) {
    return new Coprocessor(
        options.threads(), options.smallSearches() == OpenOptions.SmallSearches.BY_CALLER);
  }

  public Settings settings() {
    return settings;
  }

  public Metric metric() {
    return metric;
  }

  public Store store() {
    return store;
  }

  public Coprocessor pool() {
    return pool;
  }

  public Searcher searcher() {
    return searcher;
  }

  public VantageIndex index() {
    return index;
  }

  ReentrantReadWriteLock vantageLock() {
    return vantageLock;
  }

  Lock commitLock() {
    return commitLock;
  }

  public CheckpointScheduler checkpointing() {
    return checkpointing;
  }

  /** {@return the state of the store that the index has; call under the commit lock} */
  Revision revision() {
    return revision;
  }

  public AttributeTypes attributeTypes() {
    return attributeTypes;
  }

  void setAttributeTypes(AttributeTypes types) {
    attributeTypes = types;
  }

  public SeriesPreparer preparer() {
    return preparer;
  }

  public CheckpointLoader checkpointReader() {
    return new CheckpointLoader(index, store.checkpoints(), preparer);
  }

  private boolean loadRow(long key, double[] row) {
    Optional<TimeSeries> stored = store.series(key, revision).or(() -> searched.series(key));
    stored.ifPresent(series -> preparer.prepare(series, row));
    return stored.isPresent();
  }

  /**
   * Searches the index. If another process has removed a series that the search needs, loads that
   * process's changes and searches again with a pinned snapshot. The first search with a condition
   * reads the attributes of all series.
   */
  public <T> T search(Deadline deadline, Supplier<T> search) {
    while (true) {
      try {
        return search.get();
      } catch (SeriesGoneException e) {
        return searchSnapshot(deadline, search);
      } catch (MissingAttributesException e) {
        attributeLoading.await(deadline);
      }
    }
  }

  /**
   * Lists ids of all stored series that satisfy a condition. The columns of the index answer if
   * they are loaded and current; else the storage, if it answers soon; else the columns once they
   * are loaded.
   *
   * @param current whether no other process writes, so that the index has all stored data
   */
  public List<String> ids(
      Condition where, String after, int limit, boolean current, Deadline deadline) {
    StoreReads reads = store.within(deadline.limit());
    if (index.hasAttributes() && (current || reads.revision().equals(revision))) {
      return indexedIds(where, after, limit, deadline);
    }
    if (store.canBeInterrupted()) {
      Filter filter = where.bind(reads.attributeTypes());
      TimeLimit soon = TimeLimit.after(QUICK_LISTING).orEarlier(deadline.limit());
      try {
        return store.within(soon).ids(Optional.of(filter), after, limit);
      } catch (StoreException e) {
        if (e.kind() != StoreException.Kind.INTERRUPTED) {
          throw e;
        }
        deadline.check();
      }
    }
    if (!current) {
      refresh(deadline);
    }
    return indexedIds(where, after, limit, deadline);
  }

  private List<String> indexedIds(Condition where, String after, int limit, Deadline deadline) {
    Filter filter = where.bind(attributeTypes);
    return search(deadline, () -> searcher.ids(filter, after, limit, deadline::check));
  }

  private void loadAttributes() {
    commitLock.lock();
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
    AttributeLoad load = new AttributeLoad(index);
    snapshot.describe(
        series -> {
          attributeLoading.check();
          load.set(series.key(), series.values());
        });
    load.publish();
  }

  private <T> T searchSnapshot(Deadline deadline, Supplier<T> search) {
    deadline.lock(commitLock);
    try {
      StoreReads reads = store.within(deadline.limit());
      return reads.read(
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

  /** Loads what other processes have stored since; returns whether anything had changed. */
  boolean refresh(Deadline deadline) {
    deadline.lock(commitLock);
    try {
      StoreReads reads = store.within(deadline.limit());
      if (reads.revision().equals(revision)) {
        return false;
      }
      reads.read(
          snapshot -> {
            load(snapshot);
            return true;
          });
      return true;
    } finally {
      commitLock.unlock();
    }
  }

  /** Loads the changes of a snapshot into the index; call under the commit lock. */
  void load(StoreSnapshot snapshot) {
    Revision next = snapshot.revision();
    if (!next.equals(revision)) {
      AttributeTypes types = snapshot.attributeTypes();
      if (!loadNew(snapshot)) {
        checkSettings(snapshot);
        loadAll(snapshot);
      }
      attributeTypes = types;
      revision = next;
    }
  }

  /** Refuses a snapshot of another database that has replaced the opened one. */
  private void checkSettings(StoreSnapshot snapshot) {
    if (!snapshot.properties().equals(store.properties())) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "settings must not change while the database is open: opened="
              + store.properties()
              + ", found="
              + snapshot.properties()
              + "; hint: open it again");
    }
  }

  /** Makes a stored change of this process visible; call under the commit lock. */
  void showOwn(Runnable change) {
    show(change);
    revision = store.applied();
  }

  /**
   * Makes a change visible to searches; every change comes through here. Call under the commit
   * lock.
   */
  void show(Runnable change) {
    changes.show(change);
  }

  /** {@return how many changes searches can see; empty while a change is becoming visible} */
  OptionalLong changeCount() {
    return changes.get();
  }

  private boolean hasOwnVantagePoints(StoreSnapshot snapshot) {
    IndexUpdate update = IndexUpdate.of(index);
    List<Long> keys = Arrays.stream(update.vantagePoints()).mapToObj(update::storageKey).toList();
    return keys.equals(snapshot.vantagePoints());
  }

  private void loadAll(StoreSnapshot snapshot) {
    OptionalLong changes = checkpointReader().load(snapshot, this::show);
    if (changes.isPresent()) {
      checkpointing.setChanges(changes.getAsLong());
      return;
    }
    checkpointing.setChanges(Double.POSITIVE_INFINITY);
    IndexUpdate update = IndexUpdate.replacing(index);
    Map<Long, Integer> ordinals = new HashMap<>();
    List<Long> vantagePoints = snapshot.vantagePoints();
    vantagePoints.forEach(key -> ordinals.put(key, -1));
    Map<Integer, double[]> distances = new HashMap<>();
    long found =
        load(
            snapshot,
            0,
            update,
            (ordinal, series) -> {
              distances.put(ordinal, series.distances());
              ordinals.replace(series.key(), ordinal);
            });
    snapshot.checkSeries(found);
    update.loadVantagePoints(
        vantagePoints.stream().mapToInt(ordinals::get).toArray(), distances::get);
    show(update::publish);
  }

  /**
   * Adds series with new keys and drops removed series, in time linear in the changes.
   *
   * @return whether nothing else had changed; if false, the index is unchanged
   */
  private boolean loadNew(StoreSnapshot snapshot) {
    Optional<long[]> removedSince =
        hasOwnVantagePoints(snapshot) ? snapshot.removedSince(revision) : Optional.empty();
    if (removedSince.isEmpty()) {
      return false;
    }
    long last = revision.lastKey();
    long[] removed = Arrays.stream(removedSince.get()).takeWhile(key -> key <= last).toArray();
    IndexUpdate update = IndexUpdate.of(index);
    int[] gone = update.find(removed);
    Arrays.stream(gone).forEach(update::remove);
    Map<Long, Integer> added = new HashMap<>();
    long found =
        load(
            snapshot,
            last,
            update,
            (ordinal, series) -> {
              update.setDistances(ordinal, series.distances());
              added.put(series.key(), ordinal);
            });
    long lost = Arrays.stream(removed).map(Revision::checksumOf).sum();
    long expected = revision.seriesChecksum().orElse(0) - lost + found;
    if (gone.length != removed.length || !snapshot.revision().hasSeries(expected)) {
      LOG.warn("recorded changes are incomplete; all series are read again");
      return false;
    }
    if (update.hasAttributes()) {
      snapshot.describe(
          last, series -> update.setAttributes(added.get(series.key()), series.values()));
    }
    show(update::publish);
    return true;
  }

  private interface Loaded {
    void added(int ordinal, IndexedSeries series);
  }

  /** Adds series to an update, and returns their part of the checksum of all series. */
  private long load(StoreSnapshot snapshot, long after, IndexUpdate update, Loaded loaded) {
    long[] checksum = {0};
    Set<Long> vantagePoints = Set.copyOf(snapshot.vantagePoints());
    preparer.forEach(
        snapshot,
        after,
        pool,
        (series, row) -> {
          String id = series.entry().id();
          // Vantage points are needed at once, when another process may have replaced them.
          int ordinal =
              update.isResident() || vantagePoints.contains(series.key())
                  ? update.add(id, series.key(), row)
                  : update.addStored(id, series.key(), row);
          loaded.added(ordinal, series);
          checksum[0] += Revision.checksumOf(series.key());
        });
    return checksum[0];
  }

  /** Closes the index, but not the store. */
  public void closeIndex() {
    attributeLoading.close();
    pool.close();
  }

  @Override
  public void close() {
    closeIndex();
    store.close();
  }
}
