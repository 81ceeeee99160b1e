package dev.vantage.tsdb;

import java.nio.file.Path;

/** Placeholder so that the interfaces compile. */
final class EmbeddedDatabase {
  private EmbeddedDatabase() {}

  static EmbeddedTsdb open(Path directory, OpenOptions options) {
    throw new StorageException("database cannot be opened: directory=" + directory);
  }

  static EmbeddedTsdb inMemory(Settings settings, int threads) {
    throw new StorageException("database cannot be opened: threads=" + threads);
  }

  static void restore(Path file, Path directory) {
    throw new StorageException("database cannot be restored: file=" + file);
  }
}
