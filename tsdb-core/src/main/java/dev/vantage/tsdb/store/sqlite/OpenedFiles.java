package dev.vantage.tsdb.store.sqlite;

import dev.vantage.tsdb.files.FileChecks;
import dev.vantage.tsdb.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of a database that is open for writing. Immutable. On most systems a file that is
 * deleted or replaced while it is open can still be written to, and those writes are lost when it
 * is closed. Every write therefore calls {@link #check} first.
 */
final class OpenedFiles {
  private final Path file;
  private final Path log;
  private final Optional<Object> fileKey;
  private final Optional<Object> logKey;
  private final Optional<FileStamp> stamp;

  private OpenedFiles(
      Path file,
      Path log,
      Optional<Object> fileKey,
      Optional<Object> logKey,
      Optional<FileStamp> stamp) {
    this.file = file;
    this.log = log;
    this.fileKey = fileKey;
    this.logKey = logKey;
    this.stamp = stamp;
  }

  /** Records the current state of the files, with a connection open to them. */
  static OpenedFiles of(Path file) {
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    return new OpenedFiles(
        file, log, FileChecks.key(file), FileChecks.key(log), FileStamp.of(file));
  }

  /** Records the state after a write by the owner of these files. */
  OpenedFiles written() {
    return new OpenedFiles(file, log, fileKey, logKey, FileStamp.of(file));
  }

  /**
   * Returns whether another program may have written to the file since, under the same name and
   * key.
   */
  boolean mayBeOverwritten() {
    return !stamp.equals(FileStamp.of(file));
  }

  /** Throws if a file is no longer the opened one. */
  void check() {
    check(file, fileKey, "");
    check(log, logKey, "; the last changes are in it, and are saved if the database is closed");
  }

  private static void check(Path path, Optional<Object> expected, String more) {
    if (expected.isPresent() && !expected.equals(FileChecks.key(path))) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "file must stay where it was opened: file="
              + path
              + ", problem="
              + (Files.exists(path) ? "another file is there" : "it is gone")
              + more);
    }
  }
}
