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
 * Manages the copies of SQLite's native library in the directory of temporary files. The driver
 * makes a copy of one megabyte in each process and removes it when the process ends. A killed
 * process leaves its copy behind, and the driver does not remove copies of other processes.
 */
final class NativeLibraries {
  /**
   * The age after which a copy may be removed. A copy is needed only until it is loaded, if the
   * system allows deletion of open files.
   */
  static final Duration NEEDED_FOR = Duration.ofHours(1);

  /** The pattern of the names of the driver's copies and of its lock files. */
  private static final String COPIES = "sqlite-*sqlitejdbc*";

  private NativeLibraries() {}

  /**
   * Loads the library if it is not loaded yet. The driver reports the reason of a failure only
   * once; a direct later call of the driver gets an {@link UnsatisfiedLinkError}.
   *
   * @throws StoreException if the library cannot be loaded now; a later call tries again
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

  /** Returns the directory that the driver uses. */
  static Path directory() {
    return Path.of(System.getProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir")));
  }

  /** Removes copies older than an instant; a copy that cannot be removed stays. */
  static void removeOlderThan(Path directory, Instant moment) {
    try (DirectoryStream<Path> copies = Files.newDirectoryStream(directory, COPIES)) {
      for (Path copy : copies) {
        removeIfOlder(copy, moment);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Another process is removing files, or this one lacks the permission.
    }
  }

  private static void removeIfOlder(Path copy, Instant moment) {
    try {
      if (Files.getLastModifiedTime(copy, LinkOption.NOFOLLOW_LINKS).toInstant().isBefore(moment)) {
        Files.delete(copy);
      }
    } catch (IOException e) {
      // The file belongs to another user, is already gone, or is in use.
    }
  }
}
