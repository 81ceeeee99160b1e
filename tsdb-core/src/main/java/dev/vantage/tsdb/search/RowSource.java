package dev.vantage.tsdb.search;

/** Where a state finds rows that are not in memory: in the storage, or among those removed. */
final class RowSource {
  private final Directory directory;
  private final RowLoader loader;

  RowSource(Directory directory, RowLoader loader) {
    this.directory = directory;
    this.loader = loader;
  }

  RowSource of(Directory newDirectory) {
    return new RowSource(newDirectory, loader);
  }

  /** Reads a row into an array, from index 0. */
  void load(int ordinal, RemovedRows removed, double[] row) {
    long key = directory.key(ordinal);
    // In this order: what is removed is kept before it leaves the storage.
    if (!loader.load(key, row) && !removed.load(key, row)) {
      throw new RowGoneException(key);
    }
  }
}
