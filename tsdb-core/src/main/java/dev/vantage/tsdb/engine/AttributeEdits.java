package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.AttributeLimits;
import dev.vantage.tsdb.UnknownIdException;
import dev.vantage.tsdb.index.IndexUpdate;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.InvalidAttributeException;
import dev.vantage.tsdb.series.InvalidIdException;
import dev.vantage.tsdb.series.SeriesIds;
import dev.vantage.tsdb.store.AttributeDelta;
import dev.vantage.tsdb.store.DescribedSeries;
import dev.vantage.tsdb.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The changes of attributes in a group of writes. Each is checked against the stored attributes of
 * its series. Not thread-safe: created and used under the commit lock, so no other write changes
 * the stored attributes meanwhile.
 */
final class AttributeEdits {
  private final Database database;
  private final IndexUpdate update;
  private final AttributeTyping declarations;
  private final AttributeLimits limits;
  private final List<AttributeDelta> accepted = new ArrayList<>();

  /**
   * Begins without changes.
   *
   * @param update the group's change of the index
   * @param declarations the declared attributes, with those that the group declares
   */
  AttributeEdits(
      Database database, IndexUpdate update, AttributeTyping declarations, AttributeLimits limits) {
    this.database = database;
    this.update = update;
    this.declarations = declarations;
    this.limits = limits;
  }

  /**
   * Accepts changes or notes why they are refused. Has no effect except on the declarations.
   *
   * @return whether all values have their declared types
   * @throws StoreException if the stored attributes cannot be read
   */
  boolean check(List<PendingAttributes> arrivals, Deadline deadline) {
    arrivals.forEach(this::find);
    Map<Long, DescribedSeries> stored = stored(arrivals, deadline);
    boolean ofTypes = true;
    for (PendingAttributes arrival : arrivals) {
      if (arrival.refusal.isEmpty()) {
        ofTypes &= accept(arrival, stored);
      }
    }
    return ofTypes;
  }

  private void find(PendingAttributes arrival) {
    arrival.accepted = Optional.empty();
    arrival.refusal = Optional.empty();
    try {
      arrival.ordinal =
          database
              .index()
              .find(SeriesIds.check(arrival.id))
              .orElseThrow(() -> NearestIds.unknown(database.store(), arrival.id));
    } catch (InvalidIdException | UnknownIdException e) {
      arrival.refusal = Optional.of(e);
    }
  }

  private Map<Long, DescribedSeries> stored(List<PendingAttributes> arrivals, Deadline deadline) {
    Map<Long, DescribedSeries> stored = new HashMap<>();
    long[] keys =
        arrivals.stream()
            .filter(arrival -> arrival.refusal.isEmpty())
            .mapToLong(arrival -> update.storageKey(arrival.ordinal))
            .sorted()
            .toArray();
    if (keys.length > 0) {
      database
          .store()
          .within(deadline.limit())
          .read(
              snapshot -> {
                snapshot.describe(keys, one -> stored.put(one.key(), one));
                return true;
              });
    }
    if (stored.size() < keys.length) {
      throw new StoreException(
          StoreException.Kind.DAMAGED,
          "every series must have a summary: series=" + keys.length + ", found=" + stored.size());
    }
    return stored;
  }

  private boolean accept(PendingAttributes arrival, Map<Long, DescribedSeries> stored) {
    DescribedSeries before =
        Objects.requireNonNull(stored.get(update.storageKey(arrival.ordinal)), "before");
    try {
      AttributeDelta change =
          AttributeDelta.between(
              before,
              new DescribedSeries(
                  before.key(), before.summary(), after(arrival.changes, before.attributes())));
      arrival.accepted = Optional.of(change).filter(one -> !one.isEmpty());
      return true;
    } catch (InvalidAttributeException e) {
      arrival.refusal = Optional.of(e);
      return false;
    }
  }

  private Attributes after(AttributeChanges changes, Attributes before) {
    int count = changes.applyTo(before).asMap().size();
    if (count > before.asMap().size()) {
      // Before the types, because refused changes must declare nothing.
      limits.checkSeries(count);
    }
    Attributes typed = declarations.accept(changes.set());
    return new AttributeChanges(typed, changes.removed()).applyTo(before);
  }

  /** Adds the accepted changes to the group. */
  void add(List<PendingAttributes> arrivals) {
    for (PendingAttributes arrival : arrivals) {
      if (arrival.accepted.isPresent()) {
        AttributeDelta change = arrival.accepted.get();
        if (update.hasAttributes()) {
          update.replaceAttributes(arrival.ordinal, change.series().values());
        }
        accepted.add(change);
      }
    }
  }

  /** {@return the changes to be stored} */
  List<AttributeDelta> accepted() {
    return accepted;
  }
}
