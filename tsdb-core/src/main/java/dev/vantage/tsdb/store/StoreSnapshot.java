package dev.vantage.tsdb.store;

import dev.vantage.tsdb.series.TimeSeries;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The stored data at one moment, while it is being read. For one thread. */
public interface StoreSnapshot {

  /** {@return a number that grows with every change} */
  long generation();

  /** {@return the storage keys of the vantage points, in their order} */
  List<Long> vantagePoints();

  /** {@return the storage keys of all series, increasing} */
  long[] keys();

  /**
   * Reads series in the order of their keys.
   *
   * @param after reads only series whose key is greater
   * @param consumer takes each series
   */
  void forEach(long after, Consumer<IndexedSeries> consumer);

  /**
   * Reads the points of one series.
   *
   * @param key its storage key
   * @return the series, or empty if none has this key
   */
  Optional<TimeSeries> series(long key);
}
