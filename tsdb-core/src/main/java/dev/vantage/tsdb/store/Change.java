package dev.vantage.tsdb.store;

import dev.vantage.tsdb.series.AttributeValue;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One change of the stored data. Immutable. It becomes durable as a whole or not at all.
 *
 * @param removed storage keys of the series to remove, before anything is added
 * @param declared the types of newly declared attributes, by name
 * @param added series to add, with keys above all keys ever used; their attributes have types that
 *     were declared before or by this change
 * @param insertedAt the insertion times of the added series, by storage key, if known
 * @param updated new distances of series that remain stored
 * @param vantagePoints storage keys of all vantage points in their order, if they change
 * @param created for each entry that the caller asked to add, in that order, whether no series had
 *     its id before
 * @param attributes new attributes of series that remain stored, at most one change for each
 */
public record Change(
    List<Long> removed,
    Map<String, AttributeValue.Type> declared,
    List<IndexedSeries> added,
    Map<Long, Instant> insertedAt,
    List<DistanceRow> updated,
    Optional<List<Long>> vantagePoints,
    List<Boolean> created,
    List<AttributeDelta> attributes) {

  /**
   * Creates a change whose series all have the same insertion time.
   *
   * @param removed storage keys of the series to remove
   * @param declared the types of newly declared attributes, by name
   * @param added series to add
   * @param insertedAt their insertion time, if known
   * @param updated new distances of series that remain stored
   * @param vantagePoints storage keys of all vantage points, if they change
   * @param created for each entry that the caller asked to add, whether no series had its id before
   */
  public Change(
      List<Long> removed,
      Map<String, AttributeValue.Type> declared,
      List<IndexedSeries> added,
      Optional<Instant> insertedAt,
      List<DistanceRow> updated,
      Optional<List<Long>> vantagePoints,
      List<Boolean> created) {
    this(
        removed,
        declared,
        added,
        moments(added, insertedAt),
        updated,
        vantagePoints,
        created,
        List.of());
  }

  private static Map<Long, Instant> moments(List<IndexedSeries> added, Optional<Instant> moment) {
    Map<Long, Instant> moments = new HashMap<>();
    moment.ifPresent(known -> added.forEach(one -> moments.put(one.key(), known)));
    return moments;
  }

  /**
   * Returns the insertion time of a series.
   *
   * @param key its storage key
   * @return the insertion time, if known
   */
  public Optional<Instant> insertedAt(long key) {
    return Optional.ofNullable(insertedAt.get(key));
  }

  /**
   * Creates a change that only adds series.
   *
   * @param added the series
   * @param insertedAt their insertion times, by storage key, if known
   * @return the change
   */
  public static Change adding(List<IndexedSeries> added, Map<Long, Instant> insertedAt) {
    return new Change(
        List.of(),
        Map.of(),
        added,
        insertedAt,
        List.of(),
        Optional.empty(),
        Collections.nCopies(added.size(), true),
        List.of());
  }

  /**
   * Creates a change that only removes series.
   *
   * @param keys their storage keys
   * @return the change
   */
  public static Change removing(List<Long> keys) {
    return new Change(
        keys, Map.of(), List.of(), Optional.empty(), List.of(), Optional.empty(), List.of());
  }

  /**
   * Creates a change that only declares attributes.
   *
   * @param types their types, by name
   * @return the change
   */
  public static Change declaring(Map<String, AttributeValue.Type> types) {
    return new Change(
        List.of(), types, List.of(), Optional.empty(), List.of(), Optional.empty(), List.of());
  }

  /**
   * Creates a change that only replaces the vantage points.
   *
   * @param rows the new distances of every series
   * @param keys storage keys of all vantage points in their order
   * @return the change
   */
  public static Change measuring(List<DistanceRow> rows, List<Long> keys) {
    return new Change(
        List.of(), Map.of(), List.of(), Optional.empty(), rows, Optional.of(keys), List.of());
  }

  /**
   * Creates a change that removes a vantage point.
   *
   * @param key the storage key of the series to remove
   * @param rows the new distances of every remaining series
   * @param keys storage keys of all vantage points after the change, in their order
   * @return the change
   */
  public static Change replacing(long key, List<DistanceRow> rows, List<Long> keys) {
    return new Change(
        List.of(key), Map.of(), List.of(), Optional.empty(), rows, Optional.of(keys), List.of());
  }

  /**
   * Adds changes of attributes.
   *
   * @param changes the changes, at most one for each series
   * @return a copy with these changes and no other changes of attributes
   */
  public Change withAttributes(List<AttributeDelta> changes) {
    return new Change(
        removed, declared, added, insertedAt, updated, vantagePoints, created, changes);
  }

  /** {@return whether the change is of attributes alone, so that every series stays as it is} */
  public boolean leavesSeries() {
    return removed.isEmpty() && added.isEmpty() && updated.isEmpty() && vantagePoints.isEmpty();
  }
}
