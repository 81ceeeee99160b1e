package dev.vantage.tsdb.store;

import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/** The stored data at one moment, while it is being read. For one thread. */
public interface StoreSnapshot {

  /** {@return which state of the database this is} */
  Revision revision();

  /** {@return what the database was made with, by name} */
  SortedMap<String, String> properties();

  /**
   * Checks that all series are there.
   *
   * @param checksum the sum of {@link Revision#checksumOf} over the keys of all series that were
   *     read
   * @throws StoreException if others were written
   */
  default void checkSeries(long checksum) {
    // What is in memory is what was written.
  }

  /** {@return a number that grows with every change} */
  default long generation() {
    return revision().generation();
  }

  /**
   * Reads what was removed since another state: together with the series whose keys are greater
   * than its last one, all that has changed of the series since. Takes time linear in the changes.
   *
   * @param known the other state
   * @return the storage keys of the series that were removed since, increasing, perhaps also of
   *     some that were added since; empty if that state is not known to be an earlier one of this
   *     history
   */
  default Optional<long[]> removedSince(Revision known) {
    return Optional.empty();
  }

  /** {@return the storage keys of the vantage points, in their order} */
  List<Long> vantagePoints();

  /** {@return the types of attributes that are declared} */
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

  /** Takes a series that cannot be read. */
  interface Damage {
    /**
     * Takes note.
     *
     * @param key its storage key
     * @param what what is wrong
     */
    void found(long key, StoreException what);
  }

  /**
   * Reads series in the order of their keys, past those that are not what was written.
   *
   * @param after reads only series whose key is greater
   * @param last reads only series whose key is not greater
   * @param consumer takes each series that is
   * @param damage takes each that is not
   * @throws StoreException if no more can be read, not even one after the other
   */
  default void examine(long after, long last, Consumer<IndexedSeries> consumer, Damage damage) {
    forEach(after, last, consumer);
  }

  /** {@return the storage keys of series, increasing, as far as any table still has them} */
  default long[] knownKeys() {
    return keys();
  }

  /**
   * Reads what is known of all series besides their points, in the order of their keys. Takes time
   * linear in what is read, a few seconds for a million series.
   *
   * @param consumer takes each series
   */
  default void describe(Consumer<DescribedSeries> consumer) {
    describe(0, consumer);
  }

  /**
   * Reads what is known of series besides their points, in the order of their keys.
   *
   * @param after reads only series whose key is greater
   * @param consumer takes each series
   */
  default void describe(long after, Consumer<DescribedSeries> consumer) {
    describe(after, Long.MAX_VALUE, consumer);
  }

  /**
   * Reads what is known of series besides their points, in the order of their keys.
   *
   * @param after reads only series whose key is greater
   * @param last reads only series whose key is not greater
   * @param consumer takes each series
   */
  void describe(long after, long last, Consumer<DescribedSeries> consumer);

  /**
   * Reads the points of one series.
   *
   * @param key its storage key
   * @return the series, or empty if none has this key
   */
  Optional<TimeSeries> series(long key);

  /** {@return the checkpoint of the index that is kept, whether or not it is of any use now} */
  default Optional<Checkpoint> checkpoint() {
    return Optional.empty();
  }

  /**
   * Reads what a checkpoint has and the store has no more.
   *
   * @param checkpoint the checkpoint of this snapshot
   * @return the storage keys of the series that were removed since, increasing; perhaps also of
   *     some that were added since
   */
  default long[] removedSince(Checkpoint checkpoint) {
    return new long[0];
  }
}
