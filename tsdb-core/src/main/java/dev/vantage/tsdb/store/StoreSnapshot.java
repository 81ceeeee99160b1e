package dev.vantage.tsdb.store;

import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/** A consistent snapshot of the stored data. Not thread-safe. */
public interface StoreSnapshot {

  /** {@return the state of the database in this snapshot} */
  Revision revision();

  /** {@return the properties the database was created with, by name} */
  SortedMap<String, String> properties();

  /**
   * Checks that no series is missing.
   *
   * @param checksum the sum of {@link Revision#checksumOf} over the keys of all series that were
   *     read
   * @throws StoreException if the checksum differs from the stored one
   */
  default void checkSeries(long checksum) {
    // Data in memory needs no check.
  }

  /** {@return a number that grows with every change} */
  default long generation() {
    return revision().generation();
  }

  /**
   * Reads the series that were removed since another state. Together with the series whose keys are
   * greater than the last key of that state, these are all changes of series since. Takes time
   * linear in the changes.
   *
   * @param known the other state
   * @return the storage keys of the series that were removed since, increasing; may include series
   *     that were added since; empty if this snapshot may not descend from that state
   */
  default Optional<long[]> removedSince(Revision known) {
    return Optional.empty();
  }

  /**
   * Reads whose attributes have changed since another state, from which this snapshot descends:
   * {@link #removedSince(Revision)} of that state is not empty. Takes time linear in the changes.
   *
   * @param known the other state
   * @return the storage keys of these series, increasing; may include series that were added since
   */
  default long[] attributesChangedSince(Revision known) {
    return new long[0];
  }

  /** {@return the storage keys of the vantage points, in their order} */
  List<Long> vantagePoints();

  /** {@return the types of the declared attributes} */
  AttributeTypes attributeTypes();

  /** {@return the storage keys of all series, increasing} */
  long[] keys();

  /**
   * Reads series in the order of their keys.
   *
   * @param after reads only series whose key is greater
   * @param consumer takes each series
   */
  default void forEach(long after, Consumer<IndexedSeries> consumer) {
    forEach(after, Long.MAX_VALUE, consumer);
  }

  /**
   * Reads series in the order of their keys.
   *
   * @param after reads only series whose key is greater
   * @param last reads only series whose key is not greater
   * @param consumer takes each series
   */
  void forEach(long after, long last, Consumer<IndexedSeries> consumer);

  /** Receives series that cannot be read. */
  interface Damage {
    /**
     * Receives a series that cannot be read.
     *
     * @param key its storage key
     * @param what the failure
     */
    void found(long key, StoreException what);
  }

  /**
   * Reads series in the order of their keys and skips damaged ones.
   *
   * @param after reads only series whose key is greater
   * @param last reads only series whose key is not greater
   * @param consumer takes each sound series
   * @param damage takes each damaged series
   * @throws StoreException if no more series can be read, not even one by one
   */
  default void examine(long after, long last, Consumer<IndexedSeries> consumer, Damage damage) {
    forEach(after, last, consumer);
  }

  /** {@return the storage keys of series that any table still has, increasing} */
  default long[] knownKeys() {
    return keys();
  }

  /**
   * Reads attributes and summaries of all series, in the order of their keys. Takes linear time, a
   * few seconds for a million series.
   *
   * @param consumer takes each series
   */
  default void describe(Consumer<DescribedSeries> consumer) {
    describe(0, consumer);
  }

  /**
   * Reads attributes and summaries of series, in the order of their keys.
   *
   * @param after reads only series whose key is greater
   * @param consumer takes each series
   */
  default void describe(long after, Consumer<DescribedSeries> consumer) {
    describe(after, Long.MAX_VALUE, consumer);
  }

  /**
   * Reads attributes and summaries of series, in the order of their keys.
   *
   * @param after reads only series whose key is greater
   * @param last reads only series whose key is not greater
   * @param consumer takes each series
   */
  void describe(long after, long last, Consumer<DescribedSeries> consumer);

  /**
   * Reads attributes and summaries of some series, in the order of their keys.
   *
   * @param keys the storage keys of the series, increasing
   * @param consumer takes each series that is stored
   */
  default void describe(long[] keys, Consumer<DescribedSeries> consumer) {
    for (long key : keys) {
      describe(key - 1, key, consumer);
    }
  }

  /**
   * Reads the points of one series.
   *
   * @param key its storage key
   * @return the series, or empty if no series has this key
   */
  Optional<TimeSeries> series(long key);

  /** {@return the stored checkpoint of the index, which may be outdated} */
  default Optional<Checkpoint> checkpoint() {
    return Optional.empty();
  }

  /**
   * Reads which series of a checkpoint the store no longer has.
   *
   * @param checkpoint the checkpoint of this snapshot
   * @return the storage keys of the series that were removed since, increasing; may include series
   *     that were added since
   */
  default long[] removedSince(Checkpoint checkpoint) {
    return new long[0];
  }
}
