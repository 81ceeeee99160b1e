package dev.vantage.tsdb.store.sqlite;

import dev.vantage.tsdb.files.FileChecks;
import dev.vantage.tsdb.files.OpenFiles;
import dev.vantage.tsdb.files.PartialDirectory;
import dev.vantage.tsdb.store.Seals;
import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.sql.SqlDatabase;
import dev.vantage.tsdb.store.sql.SqlProgress;
import dev.vantage.tsdb.store.sql.SqlReader;
import dev.vantage.tsdb.store.sql.SqlStore;
import dev.vantage.tsdb.store.sql.SqlWriting;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Keeps series in SQLite: one file with a write-ahead log, forced to the disk at every commit
 * ({@code synchronous = FULL}). Thread-safe. One connection writes; each reading thread has its
 * own.
 */
public final class SqliteStore extends SqlStore {
  /** The name of the main file in a database's directory. */
  public static final String FILE_NAME = DatabaseFiles.NAME;

  /** The version of the stored format. */
  public static final int FORMAT = SqliteFormat.LAST;

  private final SqliteFile file;
  private final SqliteReaders readers;
  private final OpenFiles.Use use;

  private SqliteStore(SqliteFile file, SqliteReaders readers, Optional<SqliteWriting> writing) {
    super(file, readers, writing.map(SqlWriting.class::cast));
    this.file = file;
    this.readers = readers;
    use = OpenFiles.use(FileChecks.parent(file.path()), DatabaseFiles.NAMES);
  }

  private static SqliteReaders readers(SqliteFile file, boolean besideWriter) {
    return new SqliteReaders(file, 2 * Runtime.getRuntime().availableProcessors(), besideWriter);
  }

  /**
   * Returns whether a directory holds a database.
   *
   * @param directory the directory; need not exist
   * @return whether a database exists
   */
  public static boolean exists(Path directory) {
    DatabaseFiles files = new DatabaseFiles(directory);
    files.check();
    files.checkMainFileIsNotMissing();
    Optional<CommitMark.State> marked = CommitMark.read(files);
    CommitMark.checkWithoutLog(files, marked);
    CommitMark.clearWriterFlag(files, marked);
    SqliteFile file = new SqliteFile(files.file());
    try {
      return new SqliteTables(file).holdsDatabase();
    } catch (SQLException e) {
      throw file.failure("database cannot be read", e);
    }
  }

  /**
   * Opens the database in a directory for writing, and creates it if it does not exist.
   *
   * @param directory the directory; made if it does not exist
   * @param properties the properties of a new database
   * @return the store
   */
  public static SqliteStore openToWrite(Path directory, SortedMap<String, String> properties) {
    try {
      return DatabaseMaking.inLocked(directory, lock -> open(directory, properties, lock));
    } catch (IOException e) {
      throw FileFailures.of("database cannot be made: directory=" + directory, e);
    }
  }

  private static SqliteStore open(
      Path directory, SortedMap<String, String> properties, WriterLock lock) throws IOException {
    NativeLibraries.removeOlderThan(
        NativeLibraries.directory(), Instant.now().minus(NativeLibraries.NEEDED_FOR));
    DatabaseFiles files = new DatabaseFiles(directory);
    files.checkMainFileIsNotMissing();
    if (!FileChecks.isTaken(files.file())) {
      DatabaseMaking.makeLocked(files, made -> makeIn(made, properties).close());
    }
    try {
      return openLocked(files, properties, lock);
    } catch (SQLException e) {
      throw new SqliteFile(files.file()).failure("database cannot be opened", e);
    }
  }

  private static SqliteStore openLocked(
      DatabaseFiles files, SortedMap<String, String> properties, WriterLock lock)
      throws SQLException, IOException {
    SqliteFile file = new SqliteFile(files.file());
    Optional<CommitMark.State> marked = CommitMark.read(files);
    CommitMark.checkWithoutLog(files, marked);
    boolean exists = new SqliteTables(file).holdsDatabase();
    if (!exists) {
      CommitMark.check(files, marked, new CommitMark.State(0, 0, 0));
    }
    Connection connection = file.connections().openToWrite();
    try {
      if (exists) {
        CommitMark.check(files, marked, CommitMark.State.of(connection));
        new SqliteTables(file).migrate(connection);
      } else {
        new SqliteTables(file).create(connection, properties);
      }
      CommitMark mark = CommitMark.open(files, file, CommitMark.State.of(connection));
      return new SqliteStore(
          file,
          readers(file, true),
          Optional.of(new SqliteWriting(file, connection, Optional.of(mark), Optional.of(lock))));
    } catch (SQLException | IOException | RuntimeException e) {
      SqlDatabase.closeQuietly(connection);
      throw e;
    }
  }

  /**
   * Creates a database atomically. It cannot be opened before it is filled and durable.
   *
   * @param directory the directory; made if it does not exist
   * @param properties the properties of the database
   * @param filling fills it, by changes
   * @throws StoreException if the directory holds a database, which stays unchanged, or the file
   *     system fails; then no database exists there
   */
  public static void make(
      Path directory, SortedMap<String, String> properties, Consumer<Store> filling) {
    DatabaseMaking.make(
        directory,
        "database cannot be made",
        file -> {
          try (Store store = makeIn(file, properties)) {
            filling.accept(store);
          }
        });
  }

  /** Creates a store in a private file. */
  private static SqliteStore makeIn(Path path, SortedMap<String, String> properties)
      throws SQLException {
    SqliteFile file = new SqliteFile(path);
    Connection connection = file.connections().openToWrite();
    try {
      new SqliteTables(file).create(connection, properties);
      return new SqliteStore(
          file,
          readers(file, true),
          Optional.of(new SqliteWriting(file, connection, Optional.empty(), Optional.empty())));
    } catch (SQLException | RuntimeException e) {
      SqlDatabase.closeQuietly(connection);
      throw e;
    }
  }

  /**
   * Opens the database in a directory for reading, beside any writer.
   *
   * @param directory the directory; must hold a database
   * @return the store
   */
  public static SqliteStore openToRead(Path directory) {
    DatabaseFiles files = new DatabaseFiles(directory);
    files.check();
    Optional<CommitMark.State> marked = CommitMark.read(files);
    CommitMark.checkWithoutLog(files, marked);
    CommitMark.clearWriterFlag(files, marked);
    SqliteFile file = new SqliteFile(files.file());
    SqliteStore store = new SqliteStore(file, readers(file, false), Optional.empty());
    try {
      CommitMark.check(
          files,
          marked,
          store.readers.read(
              "database cannot be read", reader -> CommitMark.State.of(reader.connection())));
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /**
   * Restores a backup into a directory.
   *
   * @param backup the file that {@link #backup} made
   * @param directory the directory; made if it does not exist
   */
  public static void restore(Path backup, Path directory) {
    DatabaseMaking.make(
        directory,
        "backup cannot be restored: file=" + backup,
        copy -> {
          BackupFile.copy(backup, copy);
          checkCopy(copy, backup);
          renewId(copy);
        });
  }

  /** Checks a copy: reads every page, series and row of distances. */
  private static void checkCopy(Path copy, Path backup) {
    SqliteFile file = new SqliteFile(copy);
    try {
      if (!new SqliteTables(file).holdsDatabase()) {
        throw new StoreException(
            StoreException.Kind.DAMAGED, "file must be a backup of tsdb: file=" + backup);
      }
      try (Connection connection = file.connections().openToRead(file.connections().readAccess())) {
        SqlReader reader = new SqlReader(file, connection);
        List<String> problems = reader.check();
        if (!problems.isEmpty()) {
          throw new StoreException(StoreException.Kind.DAMAGED, problems.get(0));
        }
        reader.forEach(0, series -> {});
        reader.describe(0, series -> {});
      }
    } catch (SQLException e) {
      throw badBackup(file.failure("file must be a backup of tsdb", e), backup);
    } catch (StoreException e) {
      throw badBackup(e, backup);
    }
  }

  /**
   * Gives the copy an id of its own, so that readers of the original do not mistake it for the
   * original.
   */
  private static void renewId(Path copy) throws SQLException {
    SqliteFile file = new SqliteFile(copy);
    try (Connection connection = file.connections().openToCopy(ReadAccess.SHARED)) {
      if (SqliteFormat.of(connection) >= SqliteFormat.SEALED) {
        new SqliteTables(file).migrate(connection);
        SqlProgress.read(file, connection).withDatabaseId(Seals.randomId()).write(connection);
      }
    }
  }

  private static StoreException badBackup(StoreException failure, Path backup) {
    StoreException.Kind kind =
        failure.kind() == StoreException.Kind.UNAVAILABLE
            ? failure.kind() // for example, a full disk
            : StoreException.Kind.INVALID_LOCATION; // not the database's own damage
    return new StoreException(kind, failure.getMessage() + ", backup=" + backup, failure);
  }

  @Override
  public void backup(Path target) {
    if (FileChecks.isTaken(target)) {
      throw targetExists(target);
    }
    try (PartialDirectory partial = PartialDirectory.beside(target)) {
      Path copy = partial.makeFile("backup");
      readers.copy(
          connection -> {
            try (PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
              vacuum.setString(1, copy.toString());
              vacuum.execute();
            }
          });
      new SqliteTables(new SqliteFile(copy)).completeCopy();
      BackupFile.seal(copy);
      FileChecks.publish(copy, target);
    } catch (SQLException e) {
      throw file.failure("backup cannot be written: backup=" + target, e);
    } catch (FileAlreadyExistsException e) {
      throw targetExists(target);
    } catch (IOException e) {
      throw FileFailures.of("backup cannot be written: backup=" + target, e);
    }
  }

  private static StoreException targetExists(Path target) {
    return new StoreException(
        StoreException.Kind.INVALID_LOCATION, "backup file must not exist: file=" + target);
  }

  @Override
  public int format() {
    return FORMAT;
  }

  @Override
  public void close() {
    super.close();
    use.close();
  }
}
