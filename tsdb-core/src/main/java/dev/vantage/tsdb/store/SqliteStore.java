package dev.vantage.tsdb.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Keeps series in SQLite: one file with a write-ahead log, on the disk at every commit ({@code
 * synchronous = FULL}). One connection writes; others read beside it, one for each thread that
 * reads just now. Thread-safe.
 */
public final class SqliteStore extends SqlStore {
  /** The file in a database's directory that holds everything. */
  public static final String FILE_NAME = "tsdb.sqlite";

  /** The version of the stored format. */
  public static final int FORMAT = SqliteFormat.LAST;

  static final String LOCK_NAME = "writer.lock";

  private final SqliteFile file;
  private final Optional<SqliteWriting> writing;

  private SqliteStore(SqliteFile file, SqlReaders readers, Optional<SqliteWriting> writing) {
    super(file, readers, writing.map(SqlWriting.class::cast));
    this.file = file;
    this.writing = writing;
  }

  private static SqlReaders readers(SqliteFile file) {
    return new SqliteReaders(file, 2 * Runtime.getRuntime().availableProcessors());
  }

  private static SqliteFile fileIn(Path directory) {
    return new SqliteFile(directory.resolve(FILE_NAME));
  }

  /**
   * Says whether a directory holds a database.
   *
   * @param directory the directory; need not exist
   * @return whether it does
   */
  public static boolean exists(Path directory) {
    SqliteFile file = fileIn(directory);
    try {
      return file.holdsDatabase();
    } catch (SQLException e) {
      throw file.failure("database cannot be read", e);
    }
  }

  /**
   * Opens the database in a directory for writing, and makes it if there is none.
   *
   * @param directory the directory; made if it does not exist
   * @param properties what a new database is made with
   * @return the store
   */
  public static SqliteStore openToWrite(Path directory, SortedMap<String, String> properties) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.FAILED, "directory cannot be made: directory=" + directory, e);
    }
    WriterLock lock = WriterLock.acquire(directory.resolve(LOCK_NAME));
    NativeLibraries.removeOlderThan(
        NativeLibraries.directory(), Instant.now().minus(NativeLibraries.NEEDED_FOR));
    SqliteFile file = fileIn(directory);
    Connection connection = null;
    try {
      boolean exists = file.holdsDatabase();
      connection = file.openToWrite();
      if (exists) {
        file.migrate(connection);
      } else {
        file.create(connection, properties);
      }
      return new SqliteStore(
          file, readers(file), Optional.of(new SqliteWriting(file, connection, lock)));
    } catch (SQLException | RuntimeException e) {
      closeQuietly(connection);
      lock.close();
      throw e instanceof SQLException sql
          ? file.failure("database cannot be opened", sql)
          : (RuntimeException) e;
    }
  }

  /**
   * Opens the database in a directory for reading, beside any writer.
   *
   * @param directory the directory; must hold a database
   * @return the store
   */
  public static SqliteStore openToRead(Path directory) {
    SqliteFile file = fileIn(directory);
    return new SqliteStore(file, readers(file), Optional.empty());
  }

  /**
   * Puts a backup into a directory.
   *
   * @param backup the file that {@link #backup} made
   * @param directory the directory; made if it does not exist
   */
  public static void restore(Path backup, Path directory) {
    try {
      long pages = BackupFile.check(backup);
      boolean found = Files.exists(directory);
      boolean done = false;
      Files.createDirectories(directory);
      WriterLock lock = WriterLock.acquire(directory.resolve(LOCK_NAME));
      try {
        restore(backup, pages, directory);
        done = true;
      } finally {
        lock.close();
        if (!done && !found) {
          deleteQuietly(directory.resolve(LOCK_NAME));
          deleteQuietly(directory);
        }
      }
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.FAILED,
          "backup cannot be restored: file="
              + backup
              + ", directory="
              + directory
              + ", reason="
              + e.getMessage(),
          e);
    }
  }

  private static void restore(Path backup, long pages, Path directory) throws IOException {
    Path target = directory.resolve(FILE_NAME);
    Path copy = directory.resolve(FILE_NAME + ".restoring");
    if (Files.exists(target)) {
      throw new StoreException(
          StoreException.Kind.FAILED, "directory must not hold a database: file=" + target);
    }
    try {
      Files.copy(backup, copy, StandardCopyOption.REPLACE_EXISTING);
      BackupFile.truncate(copy, pages);
      checkCopy(copy, backup);
      renewId(copy);
      force(copy);
      Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE);
      force(directory);
    } finally {
      for (String more : List.of("", "-wal", "-shm", "-journal")) {
        deleteQuietly(directory.resolve(copy.getFileName() + more));
      }
    }
  }

  /** Reads every page, series and row of distances of a copy. */
  private static void checkCopy(Path copy, Path backup) {
    SqliteFile file = new SqliteFile(copy);
    try {
      if (!file.holdsDatabase()) {
        throw new StoreException(
            StoreException.Kind.DAMAGED, "file must be a backup of tsdb: file=" + backup);
      }
      try (Connection connection = file.openToRead()) {
        SqlReader reader = new SqlReader(file, connection);
        List<String> problems = reader.check();
        if (!problems.isEmpty()) {
          throw new StoreException(StoreException.Kind.DAMAGED, problems.get(0));
        }
        reader.forEach(0, series -> {});
        reader.describe(0, series -> {});
      }
    } catch (SQLException e) {
      throw damaged(file.failure("file must be a backup of tsdb", e), backup);
    } catch (StoreException e) {
      throw damaged(e, backup);
    }
  }

  /** The copy goes its own way: who knows the original must not take it for that. */
  private static void renewId(Path copy) {
    SqliteFile file = new SqliteFile(copy);
    try (Connection connection = file.openToCopy()) {
      if (SqliteFormat.of(connection) >= SqliteFormat.SEALED) {
        SqlProgress.read(file, connection).withDatabaseId(Seals.randomId()).write(connection);
      }
    } catch (SQLException e) {
      throw file.failure("backup cannot be restored", e);
    }
  }

  private static StoreException damaged(StoreException failure, Path backup) {
    return new StoreException(
        StoreException.Kind.DAMAGED, failure.getMessage() + ", backup=" + backup, failure);
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void backup(Path target) {
    if (Files.exists(target)) {
      throw new StoreException(
          StoreException.Kind.FAILED, "backup file must not exist: file=" + target);
    }
    Path partial = target.resolveSibling(target.getFileName() + ".partial");
    try (Connection connection = file.openToCopy()) {
      Files.deleteIfExists(partial);
      try (PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
        copy.setString(1, partial.toString());
        copy.execute();
      }
      BackupFile.seal(partial);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      force(target.toAbsolutePath().getParent());
    } catch (SQLException e) {
      throw file.failure("backup cannot be written: backup=" + target, e);
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.FAILED,
          "backup cannot be written: file=" + target + ", reason=" + e.getMessage(),
          e);
    } finally {
      deleteQuietly(partial);
    }
  }

  @Override
  public boolean isUnsettled() {
    return writing.isPresent() && writing.get().isUnsettled();
  }

  @Override
  public void settle(Consumer<StoreSnapshot> reader) {
    exclusively(
        () ->
            writing
                .orElseThrow(() -> new IllegalStateException("store is open for reading only"))
                .settle(
                    () ->
                        read(
                            snapshot -> {
                              reader.accept(snapshot);
                              return true;
                            })));
  }

  @Override
  public int format() {
    return FORMAT;
  }

  /** What is left of something that could not be finished would only take space. */
  private static void deleteQuietly(Path left) {
    try {
      Files.deleteIfExists(left);
    } catch (IOException e) {
      // Nobody takes it for a whole one.
    }
  }

  private static void closeQuietly(Connection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      // Everything acknowledged is on the disk; what is left is for the next open to tidy.
    }
  }
}
