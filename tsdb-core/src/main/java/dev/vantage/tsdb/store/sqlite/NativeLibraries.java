package dev.vantage.tsdb.store.sqlite;

import dev.vantage.tsdb.store.StoreException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.sqlite.SQLiteJDBCLoader;

/**
 * The copies of SQLite's library that its driver puts into the directory of temporary files. Each
 * process makes one, of a megabyte, and removes it at its end; one that is killed leaves it, and
 * the driver keeps what it takes for another process's.
 */
final class NativeLibraries {
  /** A copy is needed only until it is loaded, where the system lets go of the names of files. */
  static final Duration NEEDED_FOR = Duration.ofHours(1);

  /** What the driver calls its copies, and the marks of those that are in use. */
  private static final String COPIES = "sqlite-*sqlitejdbc*";

  private NativeLibraries() {}

  /**
   * Loads the library, unless that has been done. The driver says once why that fails; whoever asks
   * it again without this gets an {@link UnsatisfiedLinkError}.
   *
   * @throws StoreException if it cannot be loaded now; another time it is tried again
   */
  static void load() {
    try {
      if (!SQLiteJDBCLoader.initialize()) {
        throw new UnsatisfiedLinkError("it is not there");
      }
    } catch (Exception | LinkageError e) {
      throw new StoreException(
          StoreException.Kind.FAILED,
          "SQLite's library must be loaded from the directory of temporary files: directory="
              + directory()
              + ", reason="
              + e.getMessage(),
          e);
    }
  }

  /** The directory that the driver uses. */
  static Path directory() {
    return Path.of(System.getProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir")));
  }

  /** Removes what was left behind before a moment; what cannot be removed stays. */
  static void removeOlderThan(Path directory, Instant moment) {
    try (DirectoryStream<Path> copies = Files.newDirectoryStream(directory, COPIES)) {
      for (Path copy : copies) {
        removeIfOlder(copy, moment);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Somebody else tidies there, or nobody may.
    }
  }

  private static void removeIfOlder(Path copy, Instant moment) {
    try {
      if (Files.getLastModifiedTime(copy, LinkOption.NOFOLLOW_LINKS).toInstant().isBefore(moment)) {
        Files.delete(copy);
      }
    } catch (IOException e) {
      // It is somebody else's, or gone already, or in use where that keeps it.
    }
  }
}
