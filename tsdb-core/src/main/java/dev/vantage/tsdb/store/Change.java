package dev.vantage.tsdb.store;

import dev.vantage.tsdb.series.AttributeValue;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One change of the stored data: all of it becomes durable, or nothing.
 *
 * @param removed storage keys of the series to remove, before anything is added
 * @param declared attributes that were not declared before, and their types
 * @param added series to add, with keys above all that were ever used; each of their attributes is
 *     of the type that was declared, at the latest by this change
 * @param insertedAt when the added series are inserted, by storage key, where that is known
 * @param updated new distances of series that stay
 * @param vantagePoints storage keys of all vantage points in their order, where they change
 * @param created for each entry that was asked to be added, in that order, whether no series had
 *     its id before
 */
public record Change(
    List<Long> removed,
    Map<String, AttributeValue.Type> declared,
    List<IndexedSeries> added,
    Map<Long, Instant> insertedAt,
    List<DistanceRow> updated,
    Optional<List<Long>> vantagePoints,
    List<Boolean> created) {

  /**
   * A change whose series are all inserted at one moment.
   *
   * @param removed storage keys of the series to remove
   * @param declared attributes that were not declared before, and their types
   * @param added series to add
   * @param insertedAt when they are inserted, if that is known
   * @param updated new distances of series that stay
   * @param vantagePoints storage keys of all vantage points, where they change
   * @param created for each entry that was asked to be added whether no series had its id before
   */
  public Change(
      List<Long> removed,
      Map<String, AttributeValue.Type> declared,
      List<IndexedSeries> added,
      Optional<Instant> insertedAt,
      List<DistanceRow> updated,
      Optional<List<Long>> vantagePoints,
      List<Boolean> created) {
    this(removed, declared, added, moments(added, insertedAt), updated, vantagePoints, created);
  }

  private static Map<Long, Instant> moments(List<IndexedSeries> added, Optional<Instant> moment) {
    Map<Long, Instant> moments = new HashMap<>();
    moment.ifPresent(known -> added.forEach(one -> moments.put(one.key(), known)));
    return moments;
  }

  /**
   * Says when a series is inserted.
   *
   * @param key its storage key
   * @return when, if that is known
   */
  public Optional<Instant> insertedAt(long key) {
    return Optional.ofNullable(insertedAt.get(key));
  }

  /**
   * A change that only adds series.
   *
   * @param added the series
   * @param insertedAt when they were inserted, by storage key, where that is known
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
        Collections.nCopies(added.size(), true));
  }

  /**
   * A change that only removes series.
   *
   * @param keys their storage keys
   * @return the change
   */
  public static Change removing(List<Long> keys) {
    return new Change(keys, Map.of(), List.of(), Map.of(), List.of(), Optional.empty(), List.of());
  }

  /**
   * A change that only declares attributes.
   *
   * @param types their types, by name
   * @return the change
   */
  public static Change declaring(Map<String, AttributeValue.Type> types) {
    return new Change(
        List.of(), types, List.of(), Map.of(), List.of(), Optional.empty(), List.of());
  }

  /**
   * A change of the vantage points alone.
   *
   * @param rows the new distances of every series
   * @param keys storage keys of all vantage points in their order
   * @return the change
   */
  public static Change measuring(List<DistanceRow> rows, List<Long> keys) {
    return new Change(List.of(), Map.of(), List.of(), Map.of(), rows, Optional.of(keys), List.of());
  }

  /**
   * A change that removes a vantage point.
   *
   * @param key the storage key of the series to remove
   * @param rows the new distances of every series that stays
   * @param keys storage keys of all vantage points that there will be, in their order
   * @return the change
   */
  public static Change replacing(long key, List<DistanceRow> rows, List<Long> keys) {
    return new Change(
        List.of(key), Map.of(), List.of(), Map.of(), rows, Optional.of(keys), List.of());
  }
}
