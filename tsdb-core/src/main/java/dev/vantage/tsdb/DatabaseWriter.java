package dev.vantage.tsdb;

import dev.vantage.tsdb.search.Coprocessor;
import dev.vantage.tsdb.search.IndexUpdate;
import dev.vantage.tsdb.search.VantageIndex;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.store.Change;
import dev.vantage.tsdb.store.DistanceRow;
import dev.vantage.tsdb.store.StoreSnapshot;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;

/**
 * Changes a database: computes what a change needs, makes it durable, and then shows it to
 * searches. Thread-safe; see {@link Database} for the order of writers.
 */
final class DatabaseWriter {
  /**
   * The first vantage points are chosen among so many usual parts: the more there are to choose
   * from, the better they are spread.
   */
  private static final int PARTS_TO_CHOOSE_FROM = 4;

  private final Database database;
  private final VantageIndex index;
  private final Clock clock;
  private long lastKey;

  /**
   * A writer of a database.
   *
   * @param clock says when series are inserted
   */
  DatabaseWriter(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    index = database.index();
    lastKey = database.store().lastKey();
  }

  /**
   * Before a write: where a failure has left open what is stored, finds out and takes that up.
   * Nobody measures series meanwhile, for the vantage points may be others.
   */
  void settle(Deadline deadline) {
    if (!database.store().isUnsettled()) {
      return;
    }
    Lock alone = database.vantageLock().writeLock();
    deadline.lock(alone);
    try {
      deadline.lock(database.commitLock());
      try {
        database.store().settle(this::load);
      } finally {
        database.commitLock().unlock();
      }
    } finally {
      alone.unlock();
    }
  }

  private void load(StoreSnapshot snapshot) {
    database.load(snapshot);
    lastKey = Math.max(lastKey, database.store().lastKey());
  }

  /**
   * Inserts many series in parts. While one part is being stored, the next one is being measured:
   * one is under way at a time, and another waits for it at most.
   */
  List<InsertOutcome> insertAll(List<SeriesEntry> entries, boolean replace, Deadline deadline) {
    settle(deadline);
    Arrivals arrivals = new Arrivals(entries);
    while (arrivals.hasNext()) {
      List<Arrival> alone =
          lacksVantagePoints()
              ? arrivals.next(PARTS_TO_CHOOSE_FROM)
              : insertShared(arrivals, replace, deadline);
      if (!alone.isEmpty()) {
        insertAlone(alone, replace, deadline);
      }
    }
    database.checkpointing().writeIfDue();
    return arrivals.outcomes();
  }

  /**
   * Inserts parts beside other inserts, as long as they leave the vantage points as they are.
   *
   * @return the first part that does not, not inserted yet; empty if all are inserted, or if
   *     somebody waits to change the vantage points
   */
  private List<Arrival> insertShared(Arrivals arrivals, boolean replace, Deadline deadline) {
    Lock shared = database.vantageLock().readLock();
    deadline.lock(shared);
    try {
      List<Arrival> measured = List.of();
      while (true) {
        boolean gives = !measured.isEmpty() && database.vantageLock().hasQueuedThreads();
        List<Arrival> next = gives ? List.of() : arrivals.next(1);
        // Asked now that nobody can change the vantage points.
        boolean changesVantagePoints = changesVantagePoints(next, replace);
        List<Arrival> begun = changesVantagePoints ? List.of() : next;
        Coprocessor.Pending measuring =
            begun.isEmpty() ? () -> {} : database.pool().begin(() -> measure(begun, deadline));
        try {
          commit(measured, replace, false, deadline);
        } finally {
          measuring.await();
        }
        if (begun.isEmpty()) {
          return next;
        }
        measured = begun;
      }
    } finally {
      shared.unlock();
    }
  }

  /** Inserts a part while nobody else inserts, because it changes the vantage points. */
  private void insertAlone(List<Arrival> arrivals, boolean replace, Deadline deadline) {
    prepare(arrivals, deadline);
    Lock alone = database.vantageLock().writeLock();
    deadline.lock(alone);
    try {
      commit(arrivals, replace, true, deadline);
    } finally {
      alone.unlock();
    }
  }

  private void prepare(List<Arrival> arrivals, Deadline deadline) {
    database
        .pool()
        .forEach(
            arrivals.size(),
            8,
            (from, to) -> {
              for (Arrival arrival : arrivals.subList(from, to)) {
                deadline.check();
                try {
                  arrival.row = database.prepare(arrival.entry.series());
                } catch (IllegalArgumentException e) {
                  arrival.failure = Optional.of(e);
                }
              }
            });
  }

  private boolean lacksVantagePoints() {
    return index.vantagePointCount() < database.settings().vantagePoints();
  }

  private boolean changesVantagePoints(List<Arrival> arrivals, boolean replace) {
    return !arrivals.isEmpty() && lacksVantagePoints()
        || replace
            && arrivals.stream().anyMatch(arrival -> index.isVantagePoint(arrival.entry.id()));
  }

  /** Prepares series and computes their distances to the vantage points. */
  private void measure(List<Arrival> arrivals, Deadline deadline) {
    prepare(arrivals, deadline);
    database
        .pool()
        .forEach(
            arrivals.size(),
            1,
            (from, to) -> {
              for (Arrival arrival : arrivals.subList(from, to)) {
                deadline.check();
                if (arrival.isAccepted()) {
                  arrival.distances = index.distances(arrival.row);
                }
              }
            });
  }

  private void commit(
      List<Arrival> arrivals, boolean replace, boolean changesVantagePoints, Deadline deadline) {
    if (arrivals.isEmpty()) {
      return;
    }
    deadline.lock(database.commitLock());
    try {
      Admission admission =
          new Admission(
              database, replace, changesVantagePoints, clock.instant(), lastKey, deadline);
      admission.admit(arrivals);
      if (admission.isEmpty()) {
        return;
      }
      admission.complete();
      deadline.check();
      database.store().apply(admission.change(), deadline.limit());
      lastKey = admission.publish();
      arrivals.forEach(Arrival::forget);
    } finally {
      database.commitLock().unlock();
    }
  }

  void delete(String id, Deadline deadline) {
    settle(deadline);
    deadline.lock(database.commitLock());
    try {
      int ordinal = ordinal(id);
      if (index.isVantagePoint(id)) {
        throw new VantagePointException("a vantage point cannot be deleted: id=" + id);
      }
      IndexUpdate update = index.update();
      update.remove(ordinal);
      update.keepRemoved();
      deadline.check();
      database
          .store()
          .apply(Change.removing(List.of(update.storageKey(ordinal))), deadline.limit());
      database.showOwn(update::publish);
      database.checkpointing().count(0, 1, false);
    } finally {
      database.commitLock().unlock();
    }
  }

  /**
   * Declares the type of an attribute, if it is not declared so already.
   *
   * @throws IllegalArgumentException if it must not be declared, or is of another type
   */
  void declareAttribute(String name, AttributeValue.Type type, Deadline deadline) {
    settle(deadline);
    deadline.lock(database.commitLock());
    try {
      AttributeTypes types = database.attributeTypes().with(name, type);
      if (!types.equals(database.attributeTypes())) {
        deadline.check();
        database.store().apply(Change.declaring(Map.of(name, type)), deadline.limit());
        database.showOwn(() -> database.setAttributeTypes(types));
      }
    } finally {
      database.commitLock().unlock();
    }
  }

  int addVantagePoint(String id, Deadline deadline) {
    settle(deadline);
    Lock alone = database.vantageLock().writeLock();
    deadline.lock(alone);
    try {
      deadline.lock(database.commitLock());
      try {
        return addVantagePoint(id, ordinal(id), deadline);
      } finally {
        database.commitLock().unlock();
      }
    } finally {
      alone.unlock();
    }
  }

  private int addVantagePoint(String id, int ordinal, Deadline deadline) {
    if (index.isVantagePoint(id)) {
      throw new VantagePointException("series must not be a vantage point already: id=" + id);
    }
    IndexUpdate update = index.update(deadline::check);
    int[] before = update.vantagePoints();
    if (before.length >= Settings.MAX_VANTAGE_POINTS) {
      throw new InvalidRequestException(
          "vantage points must be at most "
              + Settings.MAX_VANTAGE_POINTS
              + ": vantage points="
              + before.length);
    }
    int[] after = Arrays.copyOf(before, before.length + 1);
    after[before.length] = ordinal;
    update.setVantagePoints(after);
    deadline.check();
    List<DistanceRow> rows =
        Arrays.stream(update.ordinals()).mapToObj(o -> Admission.distanceRow(update, o)).toList();
    database
        .store()
        .apply(Change.measuring(rows, Admission.vantagePointKeys(update)), deadline.limit());
    database.showOwn(update::publish);
    database.checkpointing().count(0, 0, true);
    return after.length;
  }

  private int ordinal(String id) {
    return index
        .find(id)
        .orElseThrow(() -> new UnknownIdException("no series has this id: id=" + id));
  }
}
