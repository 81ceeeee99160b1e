package dev.vantage.tsdb;

import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Makes databases from files that databases were written to. */
final class Restoring {
  private Restoring() {}

  /**
   * Makes a database, or throws and leaves nothing.
   *
   * @param file a backup or an export, told apart by their first bytes
   * @param progress told how many series of an export have been stored so far
   */
  static void restore(Path file, Location location, LongConsumer progress) {
    StoreFailures.translated(
        () -> {
          if (ArchiveImport.accepts(file)) {
            int threads = OpenOptions.DEFAULT.threads();
            ArchiveImport.make(file, location.emptyPlace(), threads, progress);
          } else {
            location.restoreBackup(file);
          }
          return true;
        });
  }
}
