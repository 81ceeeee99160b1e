package dev.vantage.tsdb.search;

import dev.vantage.tsdb.filter.Filter;
import dev.vantage.tsdb.metric.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The series of a database, prepared for search, with a red-black tree for each vantage point.
 *
 * <p>Searches may run on any number of threads beside one writer. A search takes the state that is
 * current when it begins and sees all of it and nothing later. Tables are read without locks. Trees
 * change in place, so a search reads them under a lock, for as long as it takes to copy a few
 * ordinals out, and only while the state is still its own; if a writer came first, or is at work,
 * it scans its tables instead of waiting.
 *
 * <p>Writers are not serialised here: one {@link IndexUpdate} at a time is the owner's business.
 *
 * <p>Rows are read from the storage when they are needed and stay in memory as far as there is
 * room; those of the vantage points are always in memory. A series that is removed while a search
 * sees it stays readable for that search.
 *
 * <p>Memory for each series, all of it primitive arrays: its row, if it is in memory (8 bytes a
 * sample), 8 bytes a vantage point for distances, 4 for coordinates, 16 for the tree node (4 until
 * the first change after it was built), 4 for each number of its sketch, and some 30 and its id.
 */
public final class VantageIndex implements SimilaritySearch {
  private final Metric metric;
  private final Coprocessor pool;
  private final ReentrantReadWriteLock treeLock = new ReentrantReadWriteLock();

  /** Taken after {@link #treeLock} by a writer, and for the shortest time. */
  private final ReentrantReadWriteLock directoryLock = new ReentrantReadWriteLock();

  private final Selections selections = new Selections();
  private final BoundTrials trials = new BoundTrials();
  private volatile IndexState state;

  /**
   * An empty index.
   *
   * @param metric the distance
   * @param pool where distances are computed
   * @param loader reads series that are not in memory
   * @param room the most bytes for prepared series that stay in memory; all others are read each
   *     time
   */
  public VantageIndex(Metric metric, Coprocessor pool, RowLoader loader, long room) {
    if (!metric.isHilbertian()) {
      throw new IllegalArgumentException("metric must be Hilbertian: metric=" + metric.name());
    }
    this.metric = metric;
    this.pool = pool;
    state =
        empty(
            directory ->
                new PreparedRows(metric.rowSize(), new RowSource(directory, loader), room));
  }

  @Override
  public Optional<Found> search(String id, SearchRequest request) {
    return locate(
        id, (current, ordinal) -> search(current, QueryPoint.stored(current, ordinal), request));
  }

  @Override
  public Found search(double[] row, SearchRequest request) {
    return search(state, QueryPoint.uploaded(row), request);
  }

  private Found search(IndexState current, QueryPoint query, SearchRequest request) {
    selectIfCostly(current, request);
    long numbers = (long) current.live().count() * metric.rowSize();
    boolean judged = current.rows().isResident() && BoundTrials.judge(request, numbers);
    if (judged && trials.areInVain(request.k())) {
      return search(
          VantageSearch.isSmall(numbers),
          () -> LinearScan.measureAll(this, current, query, request));
    }
    Found found =
        search(
            VantageSearch.mayBeSmall(request),
            () -> new VantageSearch(this, current, query, request).run());
    if (judged) {
      trials.tried(request.k(), found.counts());
    }
    return found;
  }

  private Found search(boolean isSmall, Callable<Found> search) {
    return isSmall ? pool.callSmall(search) : pool.call(search);
  }

  /**
   * Searches for the neighbors of several stored series, in one state of the index.
   *
   * @param ids the ids of the series
   * @param request what to look for, around each
   * @param unknown makes what is thrown for the first id that no series has, before any search
   * @return what was found, in the order of the ids
   */
  public List<Found> searchAll(
      List<String> ids, SearchRequest request, Function<String, RuntimeException> unknown) {
    IndexState current;
    List<QueryPoint> queries = new ArrayList<>(ids.size());
    directoryLock.readLock().lock();
    try {
      current = state;
      for (String id : ids) {
        int ordinal = current.directory().find(id);
        if (ordinal < 0) {
          throw unknown.apply(id);
        }
        queries.add(QueryPoint.stored(current, ordinal));
      }
    } finally {
      directoryLock.readLock().unlock();
    }
    selectIfCostly(current, request);
    return new BatchSearch(this, current, request).run(queries);
  }

  /**
   * Searches for the neighbors of several series, in one state of the index.
   *
   * @param rows the series, prepared by the metric
   * @param request what to look for, around each
   * @return what was found, in the order of the rows
   */
  public List<Found> searchAll(List<double[]> rows, SearchRequest request) {
    List<QueryPoint> queries = rows.stream().map(QueryPoint::uploaded).toList();
    IndexState current = state;
    selectIfCostly(current, request);
    return new BatchSearch(this, current, request).run(queries);
  }

  /** Runs a search for the series that an id stands for now. */
  Optional<Found> locate(String id, BiFunction<IndexState, Integer, Found> search) {
    IndexState current;
    int ordinal;
    directoryLock.readLock().lock();
    try {
      current = state;
      ordinal = current.directory().find(id);
    } finally {
      directoryLock.readLock().unlock();
    }
    return ordinal < 0 ? Optional.empty() : Optional.of(search.apply(current, ordinal));
  }

  /** {@return the number of series} */
  public int size() {
    return state.live().count();
  }

  /**
   * Looks up an id.
   *
   * @param id the id
   * @return its ordinal until the next update is published, or empty
   */
  public OptionalInt find(String id) {
    directoryLock.readLock().lock();
    try {
      int ordinal = state.directory().find(id);
      return ordinal < 0 ? OptionalInt.empty() : OptionalInt.of(ordinal);
    } finally {
      directoryLock.readLock().unlock();
    }
  }

  /** {@return the ids of the vantage points, in the order in which they were chosen} */
  public List<String> vantagePoints() {
    IndexState current = state;
    return IntStream.of(current.vantage().vantagePoints())
        .mapToObj(current.directory()::id)
        .toList();
  }

  /** {@return the number of vantage points} */
  public int vantagePointCount() {
    return state.vantage().size();
  }

  /**
   * Says whether a series is a vantage point.
   *
   * @param id its id
   * @return whether there is such a series, and it is one
   */
  public boolean isVantagePoint(String id) {
    // One look at one state: another may give the series another ordinal.
    directoryLock.readLock().lock();
    try {
      int ordinal = state.directory().find(id);
      return ordinal >= 0 && state.vantage().positionOf(ordinal) >= 0;
    } finally {
      directoryLock.readLock().unlock();
    }
  }

  /**
   * Computes the distances from a series to all vantage points, on the pool.
   *
   * @param row the prepared series
   * @return one distance for each vantage point, in their order
   */
  public double[] distances(double[] row) {
    IndexState current = state;
    return pool.call(() -> distances(current, metric.evaluator(), row, 0));
  }

  static double[] distances(
      IndexState current, Metric.Evaluator evaluator, double[] row, int offset) {
    double[][] vantageRows = current.vantageRows();
    double[] distances = new double[vantageRows.length];
    for (int v = 0; v < vantageRows.length; v++) {
      distances[v] = evaluator.distance(vantageRows[v], 0, row, offset);
    }
    return distances;
  }

  /**
   * Begins a change of the index. Only one may be under way.
   *
   * @return the change, which nobody sees before it is published
   */
  public IndexUpdate update() {
    return new IndexUpdate(this, state);
  }

  /** {@return whether searches may have filters: whether attributes have been loaded} */
  public boolean hasAttributes() {
    return state.attributes().isPresent();
  }

  /**
   * Begins a change that puts other series in the place of all that the index holds. As with {@link
   * #update}, only one change may be under way.
   *
   * @return the change, of an index that is empty at first
   */
  public IndexUpdate replacement() {
    return new IndexUpdate(this, empty(state.rows()::replacedBy));
  }

  private IndexState empty(Function<Directory, PreparedRows> rows) {
    Directory directory = new Directory();
    return new IndexState(
        LiveSet.empty(),
        0,
        directory,
        rows.apply(directory),
        new SketchTable(metric),
        new RemovedRows(),
        VantageTable.empty(metric, pool),
        new double[0][],
        Optional.empty());
  }

  /**
   * Begins to load the attributes of all series. As with {@link #update}, only one change may be
   * under way.
   *
   * @return the load, which nobody sees before it is published
   */
  public AttributeLoad loadAttributes() {
    return new AttributeLoad(this, state);
  }

  /**
   * Lists the ids of series that pass a filter, in order. Cost: linear in the number of series, the
   * first time that a filter is applied to them also in the number of its tests.
   *
   * @param filter what the series must pass
   * @param after lists only greater ids; the empty string for all
   * @param limit the most ids to list, at least 1
   * @param checkpoint run every now and then on any thread; what it throws ends the listing
   * @return the ids
   * @throws MissingAttributesException if attributes are not loaded
   */
  public List<String> ids(Filter filter, String after, int limit, Runnable checkpoint) {
    IndexState current = state;
    LiveSet selected = select(current, filter, checkpoint);
    return IdListing.of(current.directory(), selected, after, limit, checkpoint);
  }

  /**
   * A state with those series alone that a request asks for.
   *
   * @throws MissingAttributesException if it has a filter and attributes are not loaded
   */
  IndexState select(IndexState current, SearchRequest request) {
    if (request.where().isEmpty()) {
      return current;
    }
    return current.within(select(current, request.where().get(), request.checkpoint()));
  }

  /** Selects on this thread, before the search goes to the pool and finds what was selected. */
  private void selectIfCostly(IndexState current, SearchRequest request) {
    if (request.where().isPresent()
        && current.attributes().isPresent()
        && Selection.isCostly(request.where().get(), current)) {
      select(current, request);
    }
  }

  private LiveSet select(IndexState current, Filter filter, Runnable checkpoint) {
    if (current.attributes().isEmpty()) {
      throw new MissingAttributesException();
    }
    return selections
        .find(current, filter)
        .orElseGet(
            () -> {
              LiveSet set = Selection.of(filter, current, pool, checkpoint);
              selections.keep(current, filter, set);
              return set;
            });
  }

  /**
   * Makes an image, to be stored. No change may be published meanwhile. Cost: linear in the number
   * of series and vantage points.
   *
   * @return what the index holds now
   */
  public IndexImage image() {
    return IndexImage.of(state, pool);
  }

  /**
   * Begins to load an image. As with {@link #update}, only one change may be under way.
   *
   * @param series how many series the image has
   * @param vantagePoints the storage keys of the vantage points, in their order
   * @return the load, which nobody sees before it is published
   * @throws IllegalArgumentException if there is no series or no vantage point
   */
  public IndexLoad load(int series, List<Long> vantagePoints) {
    return new IndexLoad(this, series, vantagePoints);
  }

  /** Puts a whole new state in place of the current one; its rows are in the storage. */
  void replace(
      LiveSet live,
      int clustered,
      Directory directory,
      SketchTable sketches,
      VantageTable table,
      double[][] vantageRows) {
    IndexState next =
        new IndexState(
            live,
            clustered,
            directory,
            state.rows().replacedBy(directory),
            sketches,
            new RemovedRows(),
            table,
            vantageRows,
            Optional.empty());
    publish(next, () -> {}, () -> {});
  }

  /** {@return bytes of all packed arrays} */
  public long bytes() {
    IndexState current = state;
    return current.directory().bytes()
        + rowBytes(current)
        + current.sketches().bytes()
        + current.vantage().bytes()
        + current.attributes().map(AttributeTable::bytes).orElse(0L)
        + current.live().end() / 8;
  }

  /** {@return the part of {@link #bytes} that holds prepared series} */
  public long rowBytes() {
    return rowBytes(state);
  }

  private long rowBytes(IndexState current) {
    long vantageRows = (long) current.vantageRows().length * metric.rowSize() * Double.BYTES;
    return current.rows().bytes() + vantageRows;
  }

  /** {@return whether every prepared series that was needed so far stays in memory} */
  public boolean isResident() {
    return state.rows().isResident();
  }

  /**
   * Compares trees, tables and directory with each other.
   *
   * @throws IllegalStateException if they disagree; the message says where
   */
  public void checkInvariants() {
    treeLock.readLock().lock();
    try {
      Invariants.check(state);
    } finally {
      treeLock.readLock().unlock();
    }
  }

  IndexState state() {
    return state;
  }

  Metric metric() {
    return metric;
  }

  Coprocessor pool() {
    return pool;
  }

  /** Puts a state in place of the current one, after what must change in place has changed. */
  void publish(IndexState next, Runnable changeTrees, Runnable changeDirectory) {
    treeLock.writeLock().lock();
    try {
      changeTrees.run();
      directoryLock.writeLock().lock();
      try {
        changeDirectory.run();
        if (next.rows().replaces(state.rows())) {
          state.rows().abandon();
        }
        state = next;
        selections.forget();
      } finally {
        directoryLock.writeLock().unlock();
      }
    } finally {
      treeLock.writeLock().unlock();
    }
  }

  /**
   * The series in the smallest annulus around a vantage point that holds every series within a
   * reach of the query.
   *
   * @param most do not list them, nor count them to the end, if even that annulus holds more
   * @return them, or empty if there is no vantage point or the state is no longer current, or about
   *     to be replaced
   */
  Optional<Annulus> smallestAnnulus(IndexState seen, LowerBounds bounds, double reach, int most) {
    if (!treeLock.readLock().tryLock()) {
      return Optional.empty();
    }
    try {
      VantageTable table = seen.vantage();
      if (state != seen || table.size() == 0) {
        return Optional.empty();
      }
      int smallest = 0;
      int least = Integer.MAX_VALUE;
      for (int v = 0; v < table.size(); v++) {
        double centre = bounds.queryDistance(v);
        int count = table.tree(v).countUpTo(centre - reach, centre + reach, Math.min(least, most));
        if (count < least) {
          least = count;
          smallest = v;
        }
      }
      int[] ordinals = new int[least <= most ? least : 0];
      if (least <= most) {
        double centre = bounds.queryDistance(smallest);
        table.tree(smallest).collect(centre - reach, centre + reach, ordinals, 0);
      }
      return Optional.of(new Annulus(least, ordinals));
    } finally {
      treeLock.readLock().unlock();
    }
  }
}
