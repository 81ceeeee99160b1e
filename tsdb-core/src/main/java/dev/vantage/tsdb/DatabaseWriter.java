package dev.vantage.tsdb;

import dev.vantage.tsdb.search.IndexUpdate;
import dev.vantage.tsdb.search.VantageIndex;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.store.Change;
import dev.vantage.tsdb.store.DistanceRow;
import dev.vantage.tsdb.store.IndexedSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.Lock;

/**
 * Changes a database: computes what a change needs, makes it durable, and then shows it to
 * searches. Thread-safe; see {@link Database} for the order of writers.
 */
final class DatabaseWriter {
  private final Database database;
  private final VantageIndex index;
  private long lastKey;

  DatabaseWriter(Database database) {
    this.database = database;
    index = database.index();
    lastKey = database.store().lastKey();
  }

  /** A series on its way into the database. */
  private static final class Arrival {
    private final SeriesEntry entry;
    private double[] row = {};
    private double[] distances = {};
    private Optional<RuntimeException> failure = Optional.empty();
    private boolean created;

    Arrival(SeriesEntry entry) {
      this.entry = entry;
    }

    boolean isAccepted() {
      return failure.isEmpty();
    }

    InsertOutcome outcome() {
      return new InsertOutcome(entry.id(), created, failure);
    }
  }

  List<InsertOutcome> insertAll(List<SeriesEntry> entries, boolean replace, Deadline deadline) {
    List<InsertOutcome> outcomes = new ArrayList<>(entries.size());
    for (int from = 0; from < entries.size(); ) {
      int to = endOfDistinctIds(entries, from);
      List<Arrival> arrivals = entries.subList(from, to).stream().map(Arrival::new).toList();
      insertDistinct(arrivals, replace, deadline);
      arrivals.forEach(arrival -> outcomes.add(arrival.outcome()));
      from = to;
    }
    database.checkpointing().writeIfDue();
    return outcomes;
  }

  /** Of two series with one id the second must find the first one stored. */
  private static int endOfDistinctIds(List<SeriesEntry> entries, int from) {
    Set<String> ids = new HashSet<>();
    int to = from;
    while (to < entries.size() && ids.add(entries.get(to).id())) {
      to++;
    }
    return to;
  }

  private void insertDistinct(List<Arrival> arrivals, boolean replace, Deadline deadline) {
    prepare(arrivals);
    deadline.check();
    boolean changesVantagePoints = changesVantagePoints(arrivals, replace);
    if (!changesVantagePoints) {
      Lock shared = database.vantageLock().readLock();
      deadline.lock(shared);
      try {
        // Asked again, now that nobody can change the vantage points.
        changesVantagePoints = changesVantagePoints(arrivals, replace);
        if (!changesVantagePoints) {
          measure(arrivals);
          commit(arrivals, replace, false, deadline);
        }
      } finally {
        shared.unlock();
      }
    }
    if (changesVantagePoints) {
      Lock alone = database.vantageLock().writeLock();
      deadline.lock(alone);
      try {
        commit(arrivals, replace, true, deadline);
      } finally {
        alone.unlock();
      }
    }
  }

  private void prepare(List<Arrival> arrivals) {
    database
        .pool()
        .forEach(
            arrivals.size(),
            8,
            (from, to) -> {
              for (Arrival arrival : arrivals.subList(from, to)) {
                try {
                  arrival.row = database.prepare(arrival.entry.series());
                } catch (IllegalArgumentException e) {
                  arrival.failure = Optional.of(e);
                }
              }
            });
  }

  private boolean changesVantagePoints(List<Arrival> arrivals, boolean replace) {
    return index.vantagePointCount() < database.settings().vantagePoints()
        || replace
            && arrivals.stream().anyMatch(arrival -> index.isVantagePoint(arrival.entry.id()));
  }

  private void measure(List<Arrival> arrivals) {
    database
        .pool()
        .forEach(
            arrivals.size(),
            1,
            (from, to) -> {
              for (Arrival arrival : arrivals.subList(from, to)) {
                if (arrival.isAccepted()) {
                  arrival.distances = index.distances(arrival.row);
                }
              }
            });
  }

  private void commit(
      List<Arrival> arrivals, boolean replace, boolean changesVantagePoints, Deadline deadline) {
    deadline.lock(database.commitLock());
    try {
      IndexUpdate update = index.update();
      int[] vantagePoints = update.vantagePoints();
      long key = lastKey;
      List<Integer> added = new ArrayList<>();
      List<Arrival> accepted = new ArrayList<>();
      List<Long> removed = new ArrayList<>();
      for (Arrival arrival : arrivals) {
        OptionalInt old = index.find(arrival.entry.id());
        if (old.isPresent() && !replace && arrival.isAccepted()) {
          arrival.failure =
              Optional.of(new IdTakenException("id must not be taken: id=" + arrival.entry.id()));
        }
        if (!arrival.isAccepted()) {
          continue;
        }
        int ordinal = update.add(arrival.entry.id(), ++key, arrival.row);
        old.ifPresent(
            o -> {
              removed.add(update.storageKey(o));
              update.remove(o);
              replaceIn(vantagePoints, o, ordinal);
            });
        arrival.created = old.isEmpty();
        if (!changesVantagePoints) {
          update.setDistances(ordinal, arrival.distances);
        }
        added.add(ordinal);
        accepted.add(arrival);
      }
      if (accepted.isEmpty()) {
        return;
      }
      if (changesVantagePoints) {
        update.setVantagePoints(
            update.spread(
                vantagePoints,
                Math.max(vantagePoints.length, database.settings().vantagePoints()),
                database.settings().seed()));
      }
      update.keepRemoved();
      deadline.check();
      store(update, added, accepted, removed, changesVantagePoints);
      update.publish();
      database.checkpointing().count(accepted.size(), removed.size(), changesVantagePoints);
      lastKey = key;
    } finally {
      database.commitLock().unlock();
    }
  }

  private static void replaceIn(int[] vantagePoints, int old, int replacement) {
    for (int v = 0; v < vantagePoints.length; v++) {
      if (vantagePoints[v] == old) {
        vantagePoints[v] = replacement;
      }
    }
  }

  private void store(
      IndexUpdate update,
      List<Integer> added,
      List<Arrival> accepted,
      List<Long> removed,
      boolean changesVantagePoints) {
    List<IndexedSeries> series = new ArrayList<>(added.size());
    for (int i = 0; i < added.size(); i++) {
      int ordinal = added.get(i);
      series.add(
          new IndexedSeries(
              update.storageKey(ordinal), accepted.get(i).entry, update.distances(ordinal)));
    }
    Set<Integer> fresh = new HashSet<>(added);
    List<DistanceRow> rows =
        changesVantagePoints
            ? Arrays.stream(update.ordinals())
                .filter(ordinal -> !fresh.contains(ordinal))
                .mapToObj(ordinal -> distanceRow(update, ordinal))
                .toList()
            : List.of();
    database
        .store()
        .apply(
            new Change(
                removed,
                series,
                rows,
                changesVantagePoints ? Optional.of(vantagePointKeys(update)) : Optional.empty()));
  }

  private static DistanceRow distanceRow(IndexUpdate update, int ordinal) {
    return new DistanceRow(update.storageKey(ordinal), update.distances(ordinal));
  }

  private static List<Long> vantagePointKeys(IndexUpdate update) {
    return Arrays.stream(update.vantagePoints()).mapToObj(update::storageKey).toList();
  }

  void delete(String id, Deadline deadline) {
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
          .apply(
              new Change(
                  List.of(update.storageKey(ordinal)), List.of(), List.of(), Optional.empty()));
      update.publish();
      database.checkpointing().count(0, 1, false);
    } finally {
      database.commitLock().unlock();
    }
  }

  int addVantagePoint(String id, Deadline deadline) {
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
    IndexUpdate update = index.update();
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
        Arrays.stream(update.ordinals()).mapToObj(o -> distanceRow(update, o)).toList();
    database
        .store()
        .apply(new Change(List.of(), List.of(), rows, Optional.of(vantagePointKeys(update))));
    update.publish();
    database.checkpointing().count(0, 0, true);
    return after.length;
  }

  private int ordinal(String id) {
    return index
        .find(id)
        .orElseThrow(() -> new UnknownIdException("no series has this id: id=" + id));
  }
}
