package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.engine.checkpoint.CheckpointLoader;
import dev.vantage.tsdb.engine.checkpoint.CheckpointScheduler;
import dev.vantage.tsdb.engine.prepare.SeriesPreparer;
import dev.vantage.tsdb.index.MissingAttributesException;
import dev.vantage.tsdb.index.SeriesGoneException;
import dev.vantage.tsdb.index.VantageIndex;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.pool.Coprocessor;
import dev.vantage.tsdb.search.Searcher;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.store.Revision;
import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.StoreReads;
import dev.vantage.tsdb.store.StoreSnapshot;
import dev.vantage.tsdb.store.TimeLimit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The store, the index over it and the locks between writers, shared by all views of one embedded
 * database. Thread-safe.
 *
 * <p>{@link WriterLocks} orders the writers; its locks delay a search only while it waits for
 * attributes to be loaded or for a series that another process has removed. {@link SnapshotLoader}
 * loads what other processes have written.
 */
public final class Database implements AutoCloseable {
  private static final Revision NONE = new Revision(0, 0, 0, 0, OptionalLong.empty());

  /** If the storage needs longer for a listing, the index answers it. */
  private static final Duration QUICK_LISTING = Duration.ofMillis(250);

  private final Settings settings;
  private final Metric metric;
  private final Store store;
  private final Coprocessor pool;
  private final VantageIndex index;
  private final Searcher searcher;
  private final WriterLocks locks = new WriterLocks();
  private final PinnedSnapshot searched = new PinnedSnapshot();
  private final ChangeCount changes = new ChangeCount();
  private final SeriesPreparer preparer;
  private final CheckpointScheduler checkpointing;
  private final SnapshotLoader loader;
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
    searcher = new Searcher(index, System::nanoTime);
    preparer = new SeriesPreparer(metric, settings.resampling());
    checkpointing =
        new CheckpointScheduler(
            index, store.checkpoints(), locks.commitLock(), this::revision, leastSeries);
    loader = new SnapshotLoader(index, preparer, checkpointReader(), checkpointing, changes);
    try {
      store.read(
          snapshot -> {
            attributeTypes = snapshot.attributeTypes();
            loader.loadAll(snapshot);
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

  /** Returns how many vantage points to choose: none where they would give no bounds. */
  int wantedVantagePoints() {
    return metric.geometry().hasTriangleInequality() ? settings.vantagePoints() : 0;
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

  WriterLocks locks() {
    return locks;
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
   * or selected attributes reads the attributes of all series.
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
   * Lists ids of all stored series that satisfy a condition.
   *
   * @param current whether no other process writes, so that the index has all stored data
   */
  public List<String> ids(
      Condition where, String after, int limit, boolean current, Deadline deadline) {
    return listed(
        where,
        current,
        deadline,
        filter -> searcher.ids(filter, after, limit, deadline::check),
        (reads, filter) -> reads.ids(filter, after, limit));
  }

  /**
   * Counts the stored series that satisfy a condition.
   *
   * @param after counts only series with greater ids; the empty string for all
   * @param current whether no other process writes, so that the index has all stored data
   */
  public long count(Condition where, String after, boolean current, Deadline deadline) {
    return listed(
        where,
        current,
        deadline,
        filter -> searcher.count(filter, after, deadline::check),
        (reads, filter) -> reads.count(filter, after));
  }

  /**
   * Lists or counts what satisfies a condition. The columns of the index answer if they are loaded
   * and current; else the storage, if it answers soon; else the columns once they are loaded.
   */
  private <T> T listed(
      Condition where,
      boolean current,
      Deadline deadline,
      Function<Filter, T> byColumns,
      BiFunction<StoreReads, Optional<Filter>, T> byStorage) {
    StoreReads reads = store.within(deadline.limit());
    if (index.hasAttributes() && (current || reads.revision().equals(revision))) {
      return indexed(where, deadline, byColumns);
    }
    if (store.canBeInterrupted()) {
      Filter filter = where.bind(reads.attributeTypes());
      TimeLimit soon = deadline.limitWithin(QUICK_LISTING);
      try {
        return byStorage.apply(store.within(soon), Optional.of(filter));
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
    return indexed(where, deadline, byColumns);
  }

  private <T> T indexed(Condition where, Deadline deadline, Function<Filter, T> byColumns) {
    Filter filter = where.bind(attributeTypes);
    return search(deadline, () -> byColumns.apply(filter));
  }

  private void loadAttributes() {
    locks.committing(
        Deadline.NONE,
        () -> {
          if (!index.hasAttributes()) {
            store.read(this::loadWithAttributes);
          }
          return true;
        });
  }

  private boolean loadWithAttributes(StoreSnapshot snapshot) {
    load(snapshot);
    loader.loadAttributes(snapshot, attributeLoading::check);
    return true;
  }

  private <T> T searchSnapshot(Deadline deadline, Supplier<T> search) {
    return locks.committing(
        deadline, () -> store.within(deadline.limit()).read(snapshot -> search(snapshot, search)));
  }

  private <T> T search(StoreSnapshot snapshot, Supplier<T> search) {
    load(snapshot);
    searched.open(snapshot);
    try {
      return search.get();
    } catch (MissingAttributesException e) {
      loader.loadAttributes(snapshot, attributeLoading::check);
      return search.get();
    } finally {
      searched.close();
    }
  }

  /** Loads what other processes have stored since; returns whether anything had changed. */
  boolean refresh(Deadline deadline) {
    return locks.committing(
        deadline,
        () -> {
          StoreReads reads = store.within(deadline.limit());
          return !reads.revision().equals(revision) && reads.read(this::load);
        });
  }

  /**
   * Loads the changes of a snapshot into the index; call under the commit lock.
   *
   * @return whether anything had changed
   */
  boolean load(StoreSnapshot snapshot) {
    Revision next = snapshot.revision();
    if (next.equals(revision)) {
      return false;
    }
    AttributeTypes types = snapshot.attributeTypes();
    if (!loader.loadChanges(snapshot, revision)) {
      checkSettings(snapshot);
      loader.loadAll(snapshot);
    }
    attributeTypes = types;
    revision = next;
    return true;
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

  /** Makes a change visible to searches; call under the commit lock. */
  void show(Runnable change) {
    changes.show(change);
  }

  /** {@return how many changes searches can see; empty while a change is becoming visible} */
  OptionalLong changeCount() {
    return changes.get();
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
