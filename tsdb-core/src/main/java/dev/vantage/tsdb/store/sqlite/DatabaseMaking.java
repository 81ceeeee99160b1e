package dev.vantage.tsdb.store.sqlite;

import dev.vantage.tsdb.files.FileChecks;
import dev.vantage.tsdb.files.PartialDirectory;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.sql.SqlDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Makes the database in a directory: first in a directory of its own below, of a name that nobody
 * can guess, and then by one rename. Whatever happens before, nothing is there that can be opened.
 */
final class DatabaseMaking {
  private DatabaseMaking() {}

  /** Makes a database of an empty file, and closes it. */
  interface Filling {
    void fill(Path file) throws IOException, SQLException;
  }

  /** What is the same in a database before and after it is moved to its place. */
  private record Contents(
      int format, SortedMap<String, String> properties, CommitMark.State state, long series) {

    static Contents of(SqliteFile file) throws SQLException {
      try (Connection connection = file.connections().openToRead(file.connections().readAccess())) {
        return new Contents(
            SqliteFormat.of(connection),
            SqlDatabase.properties(connection),
            CommitMark.State.of(connection),
            SqlDatabase.number(connection, "SELECT count(*) FROM series"));
      }
    }
  }

  /**
   * Makes a database in a directory that is made if it does not exist. Leaves nothing if that
   * fails.
   *
   * @param failure what it means if the file system fails
   */
  static void make(Path directory, String failure, Filling filling) {
    try {
      inLocked(
              directory,
              lock -> {
                makeLocked(new DatabaseFiles(directory), filling);
                return lock;
              })
          .close();
    } catch (IOException e) {
      throw FileFailures.of(failure + ", directory=" + directory, e);
    }
  }

  /** Work in a locked directory, which stays locked after it. */
  interface Work<T> {
    T run(WriterLock lock) throws IOException;
  }

  /**
   * Works in a directory that is made if it does not exist, and locked. If the work fails, nothing
   * is left of that.
   */
  static <T> T inLocked(Path directory, Work<T> work) throws IOException {
    DatabaseFiles files = new DatabaseFiles(directory);
    Deque<Path> made = new ArrayDeque<>();
    Optional<WriterLock> lock = Optional.empty();
    boolean done = false;
    NativeLibraries.load();
    try {
      makeDirectories(directory, made);
      checkIsWritable(directory);
      files.check();
      lock = Optional.of(WriterLock.acquire(files));
      T result = work.run(lock.get());
      done = true;
      return result;
    } finally {
      if (!done) {
        lock.ifPresent(WriterLock::discard);
        made.forEach(DatabaseMaking::deleteQuietly);
      }
    }
  }

  private static void checkIsWritable(Path directory) {
    if (!Files.isWritable(directory)) {
      throw new StoreException(
          StoreException.Kind.INVALID_LOCATION,
          "directory of a database must be writable for its writer: directory=" + directory);
    }
  }

  /** Makes a directory and those above, and takes note of them, the innermost first. */
  private static void makeDirectories(Path directory, Deque<Path> made) throws IOException {
    Path missing = directory.toAbsolutePath();
    Deque<Path> wanted = new ArrayDeque<>();
    while (missing != null && !Files.exists(missing)) {
      wanted.push(missing);
      missing = missing.getParent();
    }
    for (Path one : wanted) {
      Files.createDirectories(one);
      made.push(one);
      forceQuietly(FileChecks.parent(one));
    }
    Files.createDirectories(directory); // fails where something else has its name
  }

  /** Makes a database in a directory that is locked. */
  static void makeLocked(DatabaseFiles files, Filling filling) throws IOException {
    files.checkNothingIsThere();
    PartialDirectory.removeLeft(files.file(), DatabaseFiles.NAMES);
    try (PartialDirectory partial = PartialDirectory.beside(files.file())) {
      SqliteFile made = new SqliteFile(partial.makeFile(DatabaseFiles.NAME));
      try {
        filling.fill(made.path());
        Contents contents = Contents.of(made);
        checkIsAlone(made.path());
        FileChecks.force(made.path());
        files.checkNothingIsThere();
        Files.deleteIfExists(files.mark()); // that of another database
        Files.move(made.path(), files.file(), StandardCopyOption.ATOMIC_MOVE);
        FileChecks.force(files.directory());
        checkInPlace(files, contents);
      } catch (SQLException e) {
        throw made.failure("database cannot be made: directory=" + files.directory(), e);
      }
    }
  }

  /** The last to close a file writes the log into it, unless that fails. */
  private static void checkIsAlone(Path file) throws IOException {
    Path log = file.resolveSibling(DatabaseFiles.LOG);
    if (FileChecks.isTaken(log) && Files.size(log) > 0) {
      throw new IOException("what was written must be in the file: left=" + log);
    }
  }

  /** Opens what is there now, with all that stands beside it, and removes it if it is not sound. */
  private static void checkInPlace(DatabaseFiles files, Contents expected)
      throws IOException, SQLException {
    boolean sound = false;
    try {
      Contents found = Contents.of(new SqliteFile(files.file()));
      if (!found.equals(expected)) {
        throw new StoreException(
            StoreException.Kind.DAMAGED,
            "database must be the one that was made, but another process has changed its directory:"
                + " file="
                + files.file()
                + ", made="
                + expected
                + ", found="
                + found);
      }
      sound = true;
    } finally {
      if (!sound) {
        DatabaseFiles.NAMES.stream()
            .filter(name -> !name.equals(DatabaseFiles.LOCK))
            .forEach(name -> deleteQuietly(files.directory().resolve(name)));
      }
    }
  }

  private static void forceQuietly(Path directory) {
    try {
      FileChecks.force(directory);
    } catch (IOException e) {
      // A directory that may not be read cannot be forced either, on most systems.
    }
  }

  private static void deleteQuietly(Path left) {
    try {
      Files.deleteIfExists(left);
    } catch (IOException e) {
      // It has something in it that is not ours.
    }
  }
}
