package dev.vantage.tsdb.index;

import java.util.concurrent.atomic.AtomicBoolean;

/** Reads rows that are not in memory, from the storage or from the removed rows. Thread-safe. */
final class RowSource {
  private final SeriesDirectory directory;
  private final RowLoader loader;

  /** Set once the storage may have other series under the same keys. */
  private final AtomicBoolean abandoned;

  RowSource(SeriesDirectory directory, RowLoader loader) {
    this(directory, loader, new AtomicBoolean());
  }

  private RowSource(SeriesDirectory directory, RowLoader loader, AtomicBoolean abandoned) {
    this.directory = directory;
    this.loader = loader;
    this.abandoned = abandoned;
  }

  /** The same series in another order. */
  RowSource of(SeriesDirectory newDirectory) {
    return new RowSource(newDirectory, loader, abandoned);
  }

  /** Other series in the place of these. */
  RowSource replacedBy(SeriesDirectory newDirectory) {
    return new RowSource(newDirectory, loader);
  }

  boolean replaces(RowSource other) {
    return abandoned != other.abandoned;
  }

  /** From now on reads nothing for states that have been replaced as a whole. */
  void abandon() {
    abandoned.set(true);
  }

  /** Reads a row into an array, from index 0. */
  void load(int ordinal, RemovedRows removed, double[] row) {
    long key = directory.key(ordinal);
    // In this order: what is removed is kept before it leaves the storage.
    boolean found = loader.load(key, row) || removed.load(key, row);
    // Asked last: what was read before that is of the history that this state is of.
    if (!found || abandoned.get()) {
      throw new SeriesGoneException(key);
    }
  }
}
