package dev.vantage.tsdb.index;

import dev.vantage.tsdb.index.column.AttributeTable;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.pool.Coprocessor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The series of a database, prepared for search, with a red-black tree for each vantage point.
 * Thread-safe for any number of searches beside one writer.
 *
 * <p>A search sees the state that is current when it begins, and no later change. Tables are read
 * without locks. Trees change in place, so a search reads them under a lock, while it copies a few
 * ordinals, and only if its state is still current. If a writer holds the lock or has published a
 * newer state, the search scans its tables instead of waiting.
 *
 * <p>Writers are not serialised here: the owner must ensure that only one {@link IndexUpdate} is in
 * progress.
 *
 * <p>Rows are read from the storage when needed and stay in memory up to a limit; rows of vantage
 * points are always in memory. A series that is removed while a search sees it stays readable for
 * that search.
 *
 * <p>Memory for each series, in primitive arrays: its row, if it is in memory (8 bytes per sample);
 * per vantage point 8 bytes for the distance, 4 for the coordinate and 16 for the tree node (4
 * until the first change after the tree was built); 4 bytes for each number of its sketch; its id
 * and about 30 bytes more.
 */
public final class VantageIndex {
  private final Metric metric;
  private final Coprocessor pool;
  private final ReentrantReadWriteLock treeLock = new ReentrantReadWriteLock();

  /** A writer takes this lock after {@link #treeLock}, and holds it briefly. */
  private final ReentrantReadWriteLock directoryLock = new ReentrantReadWriteLock();

  private volatile IndexState state;

  /**
   * Creates an empty index.
   *
   * @param metric the distance
   * @param pool computes the distances
   * @param loader reads series that are not in memory
   * @param room the maximum memory for prepared series, in bytes; all others are read each time
   */
  public VantageIndex(Metric metric, Coprocessor pool, RowLoader loader, long room) {
    this.metric = metric;
    this.pool = pool;
    state =
        empty(
            directory ->
                new PreparedRows(metric.rowSize(), new RowSource(directory, loader), room));
  }

  /**
   * Looks up several ids in one state.
   *
   * @param ids the ids
   * @return the state, and the ordinal of each in it, or -1 for an id that no series has
   */
  public Located locate(List<String> ids) {
    directoryLock.readLock().lock();
    try {
      IndexState current = state;
      return new Located(current, ids.stream().mapToInt(current.directory()::find).toArray());
    } finally {
      directoryLock.readLock().unlock();
    }
  }

  /**
   * Series of one state. Immutable.
   *
   * @param state the state
   * @param ordinals the ordinal of each series, or -1 for an unknown id; must not be changed
   */
  public record Located(IndexState state, int[] ordinals) {}

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
   * @return whether the series exists and is a vantage point
   */
  public boolean isVantagePoint(String id) {
    // Both look-ups use one state, because a series may have another ordinal in another state.
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

  /**
   * Computes the distances from a series to all vantage points of a state.
   *
   * @param current the state
   * @param evaluator the evaluator of the metric for this thread
   * @param row the array that holds the prepared series
   * @param offset its first index
   * @return one distance for each vantage point, in their order
   */
  public static double[] distances(
      IndexState current, Metric.Evaluator evaluator, double[] row, int offset) {
    double[][] vantageRows = current.vantageRows();
    double[] distances = new double[vantageRows.length];
    for (int v = 0; v < vantageRows.length; v++) {
      distances[v] = evaluator.distance(vantageRows[v], 0, row, offset);
    }
    return distances;
  }

  /** {@return whether attributes have been loaded, so that searches may have filters} */
  public boolean hasAttributes() {
    return state.attributes().isPresent();
  }

  /** Creates a state without series. Its rows replace the current rows. */
  IndexState emptyState() {
    return empty(state.rows()::replacedBy);
  }

  private IndexState empty(Function<SeriesDirectory, PreparedRows> rows) {
    SeriesDirectory directory = new SeriesDirectory();
    return new IndexState(
        LiveOrdinals.empty(),
        0,
        directory,
        rows.apply(directory),
        new SketchTable(metric),
        new RemovedRows(),
        VantageTable.empty(metric, pool),
        new double[0][],
        Optional.empty());
  }

  /** Replaces the current state by a new one whose rows are in the storage. */
  public void replace(
      LiveOrdinals live,
      int clustered,
      SeriesDirectory directory,
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

  /** {@return the size of all packed arrays in bytes} */
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

  /** {@return whether all prepared series needed so far fit into memory} */
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
      IndexInvariants.check(state);
    } finally {
      treeLock.readLock().unlock();
    }
  }

  /** {@return the current state, which new searches see} */
  public IndexState state() {
    return state;
  }

  /** {@return the distance} */
  public Metric metric() {
    return metric;
  }

  /** {@return the pool on which distances are computed} */
  public Coprocessor pool() {
    return pool;
  }

  /** Replaces the current state, after the trees and the directory have changed in place. */
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
      } finally {
        directoryLock.writeLock().unlock();
      }
    } finally {
      treeLock.writeLock().unlock();
    }
  }

  /**
   * Returns the series of the smallest annulus around a vantage point that contains every series
   * within a reach of the query.
   *
   * @param centres the distance of the query to each vantage point
   * @param reach the reach
   * @param most the maximum number of series to list; if the annulus has more, they are neither
   *     listed nor counted exactly
   * @return the annulus, or empty if there is no vantage point, or if the state is not current or
   *     about to be replaced
   */
  @SuppressWarnings("ReferenceEquality") // asks for the current state itself
  public Optional<Annulus> smallestAnnulus(
      IndexState seen, IntToDoubleFunction centres, double reach, int most) {
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
        double centre = centres.applyAsDouble(v);
        int count = table.tree(v).countUpTo(centre - reach, centre + reach, Math.min(least, most));
        if (count < least) {
          least = count;
          smallest = v;
        }
      }
      int[] ordinals = new int[least <= most ? least : 0];
      if (least <= most) {
        double centre = centres.applyAsDouble(smallest);
        table.tree(smallest).collect(centre - reach, centre + reach, ordinals, 0);
      }
      return Optional.of(new Annulus(least, ordinals));
    } finally {
      treeLock.readLock().unlock();
    }
  }
}
