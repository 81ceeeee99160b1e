package dev.vantage.tsdb.index;

import java.util.concurrent.atomic.AtomicBoolean;

/** Reads rows that are not in memory, from the storage or from the removed rows. Thread-safe. */
final class RowSource {
  private final SeriesDirectory directory;
  private final RowLoader loader;

  /** Set when the storage may have other series under the same keys. */
  private final AtomicBoolean abandoned;

  RowSource(SeriesDirectory directory, RowLoader loader) {
    this(directory, loader, new AtomicBoolean());
  }

  private RowSource(SeriesDirectory directory, RowLoader loader, AtomicBoolean abandoned) {
    this.directory = directory;
    this.loader = loader;
    this.abandoned = abandoned;
  }

  /** Returns a source of the same series in another order. */
  RowSource of(SeriesDirectory newDirectory) {
    return new RowSource(newDirectory, loader, abandoned);
  }

  /** Returns a source of the series that replace these. */
  RowSource replacedBy(SeriesDirectory newDirectory) {
    return new RowSource(newDirectory, loader);
  }

  boolean replaces(RowSource other) {
    return abandoned != other.abandoned;
  }

  /** Stops reading for states that have been replaced as a whole. */
  void abandon() {
    abandoned.set(true);
  }

  /** Reads a row into an array, from index 0. */
  void load(int ordinal, RemovedRows removed, double[] row) {
    long key = directory.key(ordinal);
    // The storage first: a removed row is kept before it leaves the storage.
    boolean found = loader.load(key, row) || removed.load(key, row);
    // Checked last: if the source is not abandoned now, the row read before is of this state's
    // history.
    if (!found || abandoned.get()) {
      throw new SeriesGoneException(key);
    }
  }
}
