package dev.vantage.tsdb.engine.transfer;

import dev.vantage.tsdb.InvalidLocationException;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.StorageUnavailableException;
import dev.vantage.tsdb.TsdbException;
import dev.vantage.tsdb.engine.Location;
import dev.vantage.tsdb.engine.StoreFailures;
import dev.vantage.tsdb.files.FileChecks;
import dev.vantage.tsdb.metric.MetricSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Makes databases from backups and exports. */
public final class Restore {
  private Restore() {}

  /**
   * Makes a database, or throws and leaves nothing.
   *
   * @param file a backup or an export, told apart by their first bytes
   * @param distance the distance of the database; empty for that of the file
   * @param progress receives how many series of an export have been stored so far
   */
  public static void restore(
      Path file, Location location, Optional<MetricSpec> distance, Progress progress) {
    StoreFailures.translated(
        () -> {
          if (ArchiveImport.accepts(file)) {
            int threads = OpenOptions.DEFAULT.threads();
            ArchiveImport.make(file, location, threads, distance, progress);
          } else if (distance.isPresent()) {
            throw new InvalidRequestException(
                "distance of a backup must stay: file="
                    + file
                    + ", distance="
                    + distance.get().name()
                    + "; hint: restore an export");
          } else {
            location.restoreBackup(file);
          }
          return true;
        });
  }

  /** Translates a failure of the file system, which the given file may have caused. */
  static TsdbException failure(String message, IOException cause) {
    String all = message + ", reason=" + FileChecks.reason(cause);
    return FileChecks.isOfPath(cause)
        ? new InvalidLocationException(all, cause)
        : new StorageUnavailableException(all, cause);
  }
}
