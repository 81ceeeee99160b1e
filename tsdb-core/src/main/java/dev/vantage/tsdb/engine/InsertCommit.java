package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.AttributeLimits;
import dev.vantage.tsdb.IdTakenException;
import dev.vantage.tsdb.UnknownIdException;
import dev.vantage.tsdb.engine.QueuedWrite.Joined;
import dev.vantage.tsdb.index.IndexUpdate;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.InvalidAttributeException;
import dev.vantage.tsdb.store.Change;
import dev.vantage.tsdb.store.DistanceRow;
import dev.vantage.tsdb.store.IndexedSeries;
import dev.vantage.tsdb.store.PointSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A group of writes to be committed together: which writes are accepted, what they replace and
 * remove, and what must be stored. Every write is checked against the state before the group; a
 * write that depends on an earlier write of the group must wait. Not thread-safe: created and used
 * under the commit lock.
 */
final class InsertCommit {
  private final Database database;
  private final IndexUpdate update;
  private final boolean changesVantagePoints;
  private final Instant now;
  private final AttributeTyping declarations;
  private final AttributeEdits edits;
  private final int[] vantagePoints;
  private final List<Integer> added = new ArrayList<>();
  private final List<PendingInsert> accepted = new ArrayList<>();

  /** The same series in the order of arrival. */
  private final List<PendingInsert> asked = new ArrayList<>();

  private final List<Long> removed = new ArrayList<>();

  /** The ids that this group adds, replaces, removes, or gives other attributes. */
  private final Set<String> changed = new HashSet<>();

  private long lastKey;
  private boolean spoiled;

  /**
   * Begins a group on the present state.
   *
   * @param changesVantagePoints whether the group changes the vantage points
   * @param now when the series are inserted
   * @param lastKey the greatest storage key ever used
   * @param limits the most attributes per series and per database
   */
  InsertCommit(
      Database database,
      boolean changesVantagePoints,
      Instant now,
      long lastKey,
      AttributeLimits limits) {
    this.database = database;
    this.changesVantagePoints = changesVantagePoints;
    this.now = now;
    this.lastKey = lastKey;
    update = IndexUpdate.of(database.index());
    vantagePoints = update.vantagePoints();
    declarations = new AttributeTyping(database.attributeTypes(), limits);
    edits = new AttributeEdits(database, update, declarations, limits);
  }

  /** Accepts or refuses series, no two of which have the same id. */
  Joined insert(List<PendingInsert> arrivals, boolean replace) {
    if (arrivals.stream().anyMatch(arrival -> changed.contains(arrival.entry.id()))) {
      return Joined.LATER;
    }
    int declared = declarations.size();
    boolean ofTypes = true;
    for (PendingInsert arrival : arrivals) {
      ofTypes &= accept(arrival, replace);
    }
    if (!ofTypes && declared > 0) {
      // The cause may be a declaration of this group, which is not stored yet.
      declarations.shrinkTo(declared);
      return Joined.LATER;
    }
    List<PendingInsert> admitted = arrivals.stream().filter(PendingInsert::isAccepted).toList();
    if (admitted.isEmpty()) {
      return Joined.ENDED;
    }
    spoiled = true;
    add(admitted);
    asked.addAll(admitted);
    spoiled = false;
    return Joined.YES;
  }

  /**
   * Accepts a series or notes why it is refused; returns whether its attributes have their declared
   * types.
   */
  private boolean accept(PendingInsert arrival, boolean replace) {
    arrival.refusal = Optional.empty();
    if (!arrival.isPrepared()) {
      return true;
    }
    String id = arrival.entry.id();
    if (!replace && database.index().find(id).isPresent()) {
      arrival.refusal = Optional.of(new IdTakenException("id must not be taken: id=" + id));
      return true;
    }
    try {
      arrival.attributes = declarations.accept(arrival.entry.attributes());
      return true;
    } catch (InvalidAttributeException e) {
      arrival.refusal = Optional.of(e);
      return false;
    }
  }

  private void add(List<PendingInsert> admitted) {
    if (changesVantagePoints) {
      admitted.forEach(this::add);
      return;
    }
    for (int position :
        update.nearTogether(admitted.stream().map(arrival -> arrival.distances).toList())) {
      add(admitted.get(position));
    }
  }

  /**
   * Removes a series that is not a vantage point.
   *
   * @throws UnknownIdException if no series has this id
   */
  Joined delete(String id) {
    if (changed.contains(id)) {
      return Joined.LATER;
    }
    int ordinal =
        database.index().find(id).orElseThrow(() -> NearestIds.unknown(database.store(), id));
    spoiled = true;
    changed.add(id);
    removed.add(update.storageKey(ordinal));
    update.remove(ordinal);
    spoiled = false;
    return Joined.YES;
  }

  /**
   * Accepts or refuses changes of attributes. Each change is of another series.
   *
   * @throws dev.vantage.tsdb.store.StoreException if the stored attributes cannot be read
   */
  Joined setAttributes(List<PendingAttributes> arrivals, Deadline deadline) {
    if (arrivals.stream().anyMatch(arrival -> changed.contains(arrival.id))) {
      return Joined.LATER;
    }
    int declared = declarations.size();
    if (!edits.check(arrivals, deadline) && declared > 0) {
      // The cause may be a declaration of this group, which is not stored yet.
      declarations.shrinkTo(declared);
      return Joined.LATER;
    }
    List<PendingAttributes> effective =
        arrivals.stream().filter(arrival -> arrival.accepted.isPresent()).toList();
    if (effective.isEmpty()) {
      return Joined.ENDED;
    }
    spoiled = true;
    edits.add(effective);
    effective.forEach(arrival -> changed.add(arrival.id));
    spoiled = false;
    return Joined.YES;
  }

  /**
   * Declares the type of an attribute.
   *
   * @throws InvalidAttributeException if it must not be declared, or is of another type
   */
  Joined declare(String name, AttributeValue.Type type) {
    if (database.attributeTypes().declared().get(name) == type) {
      return Joined.ENDED;
    }
    int declared = declarations.size();
    try {
      declarations.declare(name, type);
      return Joined.YES;
    } catch (InvalidAttributeException e) {
      if (declared > 0) {
        return Joined.LATER;
      }
      throw e;
    }
  }

  /** Whether a write has failed half-way into this group, so that nothing of it can be used. */
  boolean isSpoiled() {
    return spoiled;
  }

  private void add(PendingInsert arrival) {
    OptionalInt old = database.index().find(arrival.entry.id());
    int ordinal = update.add(arrival.entry.id(), ++lastKey, arrival.row);
    if (update.hasAttributes()) {
      PointSummary summary = PointSummary.of(arrival.entry.series(), Optional.of(now));
      update.setAttributes(ordinal, summary.with(arrival.attributes));
    }
    old.ifPresent(replaced -> replace(replaced, ordinal));
    arrival.created = old.isEmpty();
    if (!changesVantagePoints) {
      update.setDistances(ordinal, arrival.distances);
    }
    changed.add(arrival.entry.id());
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

  /** Chooses new vantage points if they change, and keeps removed series for searches under way. */
  void complete(Deadline deadline) {
    if (changesVantagePoints) {
      update.setVantagePoints(
          update.spread(
              vantagePoints,
              Math.max(vantagePoints.length, database.wantedVantagePoints()),
              database.settings().seed(),
              deadline::check),
          deadline::check);
    }
    update.keepRemoved();
  }

  /** {@return the change to be stored} */
  Change change(Deadline deadline) {
    List<IndexedSeries> series = new ArrayList<>(added.size());
    for (int i = 0; i < added.size(); i++) {
      int ordinal = added.get(i);
      series.add(
          new IndexedSeries(
              update.storageKey(ordinal), accepted.get(i).accepted(), update.distances(ordinal)));
    }
    Change change =
        new Change(
            removed,
            declarations.added(),
            series,
            Optional.of(now),
            changesVantagePoints ? rowsThatStay(deadline) : List.of(),
            changesVantagePoints ? Optional.of(vantagePointKeys(update)) : Optional.empty(),
            asked.stream().map(arrival -> arrival.created).toList());
    return change.withAttributes(edits.accepted());
  }

  private List<DistanceRow> rowsThatStay(Deadline deadline) {
    Set<Integer> fresh = new HashSet<>(added);
    return new DistanceRows(
        update,
        Arrays.stream(update.ordinals()).filter(ordinal -> !fresh.contains(ordinal)).toArray(),
        deadline);
  }

  static List<Long> vantagePointKeys(IndexUpdate update) {
    return Arrays.stream(update.vantagePoints()).mapToObj(update::storageKey).toList();
  }

  /**
   * Makes the stored changes visible to all searches that begin from now on.
   *
   * @return the greatest storage key ever used
   */
  long publish() {
    database.showOwn(
        () -> {
          update.publish();
          database.setAttributeTypes(declarations.types());
        });
    database.checkpointing().count(accepted.size(), removed.size(), changesVantagePoints);
    accepted.forEach(PendingInsert::forget);
    return lastKey;
  }
}
