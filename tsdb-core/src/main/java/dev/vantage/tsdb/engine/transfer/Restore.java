package dev.vantage.tsdb.engine.transfer;

import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.engine.Location;
import dev.vantage.tsdb.engine.StoreFailures;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Makes databases from files that databases were written to. */
public final class Restore {
  private Restore() {}

  /**
   * Makes a database, or throws and leaves nothing.
   *
   * @param file a backup or an export, told apart by their first bytes
   * @param progress told how many series of an export have been stored so far
   */
  public static void restore(Path file, Location location, LongConsumer progress) {
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
