package dev.vantage.tsdb;

import dev.vantage.tsdb.search.IndexUpdate;
import dev.vantage.tsdb.store.Change;
import dev.vantage.tsdb.store.DistanceRow;
import dev.vantage.tsdb.store.IndexedSeries;
import dev.vantage.tsdb.store.Summary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One part of an insert on its way into the index and the storage: which arrivals are accepted,
 * what they replace, and what has to be stored. Made and used under the lock of commits.
 */
final class Admission {
  private final Database database;
  private final IndexUpdate update;
  private final boolean replace;
  private final boolean changesVantagePoints;
  private final Instant now;
  private final AttributeDeclarations declarations;
  private final int[] vantagePoints;
  private final List<Integer> added = new ArrayList<>();
  private final List<Arrival> accepted = new ArrayList<>();
  private final List<Long> removed = new ArrayList<>();
  private long lastKey;

  /**
   * An admission to the present state.
   *
   * @param replace whether a series takes the place of one with its id
   * @param changesVantagePoints whether there will be other vantage points
   * @param now when the series are inserted
   * @param lastKey the greatest storage key that was ever used
   * @param deadline when measuring must end
   */
  Admission(
      Database database,
      boolean replace,
      boolean changesVantagePoints,
      Instant now,
      long lastKey,
      Deadline deadline) {
    this.database = database;
    this.replace = replace;
    this.changesVantagePoints = changesVantagePoints;
    this.now = now;
    this.lastKey = lastKey;
    update = database.index().update(deadline::check);
    vantagePoints = update.vantagePoints();
    declarations = new AttributeDeclarations(database.attributeTypes());
  }

  /** Accepts arrivals, or notes why not. */
  void admit(List<Arrival> arrivals) {
    for (Arrival arrival : arrivals) {
      boolean taken = !replace && database.index().find(arrival.entry.id()).isPresent();
      arrival.accept(taken, declarations);
    }
    List<Arrival> admitted = arrivals.stream().filter(Arrival::isAccepted).toList();
    if (changesVantagePoints) {
      admitted.forEach(this::add);
      return;
    }
    for (int position :
        update.nearTogether(admitted.stream().map(arrival -> arrival.distances).toList())) {
      add(admitted.get(position));
    }
  }

  private void add(Arrival arrival) {
    OptionalInt old = database.index().find(arrival.entry.id());
    int ordinal = update.add(arrival.entry.id(), ++lastKey, arrival.row);
    if (update.hasAttributes()) {
      Summary summary = Summary.of(arrival.entry.series(), Optional.of(now));
      update.setAttributes(ordinal, summary.with(arrival.attributes));
    }
    old.ifPresent(replaced -> replace(replaced, ordinal));
    arrival.created = old.isEmpty();
    if (!changesVantagePoints) {
      update.setDistances(ordinal, arrival.distances);
    }
    added.add(ordinal);
    accepted.add(arrival);
  }

  private void replace(int old, int replacement) {
    removed.add(update.storageKey(old));
    update.remove(old);
    for (int v = 0; v < vantagePoints.length; v++) {
      if (vantagePoints[v] == old) {
        vantagePoints[v] = replacement;
      }
    }
  }

  boolean isEmpty() {
    return accepted.isEmpty();
  }

  /** Chooses vantage points where they change, and secures what searches under way still need. */
  void complete() {
    if (changesVantagePoints) {
      update.setVantagePoints(
          update.spread(
              vantagePoints,
              Math.max(vantagePoints.length, database.settings().vantagePoints()),
              database.settings().seed()));
    }
    update.keepRemoved();
  }

  /** What has to be stored. */
  Change change() {
    List<IndexedSeries> series = new ArrayList<>(added.size());
    for (int i = 0; i < added.size(); i++) {
      int ordinal = added.get(i);
      series.add(
          new IndexedSeries(
              update.storageKey(ordinal), accepted.get(i).accepted(), update.distances(ordinal)));
    }
    return new Change(
        removed,
        declarations.added(),
        series,
        Optional.of(now),
        changesVantagePoints ? rowsThatStay() : List.of(),
        changesVantagePoints ? Optional.of(vantagePointKeys(update)) : Optional.empty());
  }

  private List<DistanceRow> rowsThatStay() {
    Set<Integer> fresh = new HashSet<>(added);
    return Arrays.stream(update.ordinals())
        .filter(ordinal -> !fresh.contains(ordinal))
        .mapToObj(ordinal -> distanceRow(update, ordinal))
        .toList();
  }

  static DistanceRow distanceRow(IndexUpdate update, int ordinal) {
    return new DistanceRow(update.storageKey(ordinal), update.distances(ordinal));
  }

  static List<Long> vantagePointKeys(IndexUpdate update) {
    return Arrays.stream(update.vantagePoints()).mapToObj(update::storageKey).toList();
  }

  /**
   * Shows what was stored to all searches that begin from now on.
   *
   * @return the greatest storage key that was ever used
   */
  long publish() {
    database.showOwn(
        () -> {
          update.publish();
          database.setAttributeTypes(declarations.types());
        });
    database.checkpointing().count(accepted.size(), removed.size(), changesVantagePoints);
    return lastKey;
  }
}
