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
 * Creates a database atomically: fills it in a temporary subdirectory with an unguessable name,
 * then renames the file. If creation is interrupted, no database can be opened in the directory.
 */
final class DatabaseMaking {
  private DatabaseMaking() {}

  /** Turns an empty file into a database and closes it. */
  interface Filling {
    void fill(Path file) throws IOException, SQLException;
  }

  /** What must be equal before and after the database is moved to its final place. */
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
   * Creates a database, and its directory if that does not exist. Leaves nothing behind if this
   * fails.
   *
   * @param failure the message of the exception if the file system fails
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

  /** Work in a locked directory. The directory stays locked afterwards. */
  interface Work<T> {
    T run(WriterLock lock) throws IOException;
  }

  /**
   * Creates the directory if it does not exist, locks it, and runs some work. If the work fails,
   * the lock and the created directories are removed.
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

  /** Creates a directory and its missing parents, and adds them to a list, the innermost first. */
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
    Files.createDirectories(directory); // fails if a file has that name
  }

  /** Creates a database in a locked directory. */
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
        Files.deleteIfExists(files.mark()); // the mark of a former database
        Files.move(made.path(), files.file(), StandardCopyOption.ATOMIC_MOVE);
        FileChecks.force(files.directory());
        checkInPlace(files, contents);
      } catch (SQLException e) {
        throw made.failure("database cannot be made: directory=" + files.directory(), e);
      }
    }
  }

  /**
   * Checks that the log is empty. The last connection to close writes the log into the file, unless
   * that fails.
   */
  private static void checkIsAlone(Path file) throws IOException {
    Path log = file.resolveSibling(DatabaseFiles.LOG);
    if (FileChecks.isTaken(log) && Files.size(log) > 0) {
      throw new IOException("log must be empty after closing: log=" + log);
    }
  }

  /**
   * Opens the database in its final place, with all files beside it, and removes it if its contents
   * differ.
   */
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
      // On most systems, a directory without read permission cannot be forced.
    }
  }

  private static void deleteQuietly(Path left) {
    try {
      Files.deleteIfExists(left);
    } catch (IOException e) {
      // The directory contains files of other programs.
    }
  }
}
