package dev.vantage.tsdb.store;

import dev.vantage.tsdb.series.AttributeValue;
import java.time.Instant;
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
 * @param insertedAt when the added series are inserted, if that is known
 * @param updated new distances of series that stay
 * @param vantagePoints storage keys of all vantage points in their order, where they change
 */
public record Change(
    List<Long> removed,
    Map<String, AttributeValue.Type> declared,
    List<IndexedSeries> added,
    Optional<Instant> insertedAt,
    List<DistanceRow> updated,
    Optional<List<Long>> vantagePoints) {

  /**
   * A change that only removes series.
   *
   * @param keys their storage keys
   * @return the change
   */
  public static Change removing(List<Long> keys) {
    return new Change(keys, Map.of(), List.of(), Optional.empty(), List.of(), Optional.empty());
  }

  /**
   * A change that only declares attributes.
   *
   * @param types their types, by name
   * @return the change
   */
  public static Change declaring(Map<String, AttributeValue.Type> types) {
    return new Change(List.of(), types, List.of(), Optional.empty(), List.of(), Optional.empty());
  }

  /**
   * A change of the vantage points alone.
   *
   * @param rows the new distances of every series
   * @param keys storage keys of all vantage points in their order
   * @return the change
   */
  public static Change measuring(List<DistanceRow> rows, List<Long> keys) {
    return new Change(List.of(), Map.of(), List.of(), Optional.empty(), rows, Optional.of(keys));
  }
}
