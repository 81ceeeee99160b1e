package dev.vantage.tsdb.store;

import java.util.List;
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
}
