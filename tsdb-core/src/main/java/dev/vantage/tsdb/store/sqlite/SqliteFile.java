package dev.vantage.tsdb.store.sqlite;

import dev.vantage.tsdb.files.FileChecks;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.TimeLimit;
import dev.vantage.tsdb.store.sql.SqlDatabase;
import dev.vantage.tsdb.store.sql.SqlDialect;
import dev.vantage.tsdb.store.sql.SqlSeals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Thread-safe. An SQLite file of tsdb: opens, creates and recognises it, and translates its errors.
 */
public final class SqliteFile implements SqlDatabase {
  /**
   * The page size of a new file, in bytes. With SQLite's default of 4096 bytes, a series of 256
   * points fills half a page and a series of 1024 points fills two; the unused rest would be
   * written and read in vain.
   */
  private static final int PAGE_BYTES = 8192;

  /**
   * SQLITE_OPEN_READONLY of SQLite's C interface; the constants below are the other SQLITE_OPEN
   * flags.
   */
  private static final int READ_ONLY = 1;

  private static final int READ_WRITE = 2;
  private static final int CREATE = 4;
  private static final int URI = 0x40;
  private static final int NO_FOLLOW = 0x0100_0000;

  /**
   * By table: counts the rows with a value of another type than tsdb writes. SQLite stores any type
   * in any column. A number stored as a string has the same checksum, but no condition finds it.
   */
  private static final Map<String, String> MISTYPED =
      Map.of(
          "series",
          "SELECT count(*) FROM series WHERE typeof(id) <> 'text' OR typeof(times) <> 'blob'"
              + " OR typeof(sample_values) <> 'blob' OR typeof(period) <> 'real'",
          "summary",
          "SELECT count(*) FROM summary WHERE typeof(mean) <> 'real' OR typeof(std) <> 'real'"
              + " OR typeof(length) <> 'integer'"
              + " OR typeof(inserted_at) NOT IN ('integer', 'null')",
          "attribute",
          "SELECT count(*) FROM attribute a JOIN attribute_type t ON t.name = a.name"
              + " WHERE typeof(a.name) <> 'text'"
              + " OR typeof(double_value) <> CASE t.type WHEN 'double' THEN 'real' ELSE 'null' END"
              + " OR typeof(long_value) <>"
              + " CASE WHEN t.type IN ('double', 'text') THEN 'null' ELSE 'integer' END"
              + " OR typeof(text_value) <> CASE t.type WHEN 'text' THEN 'text' ELSE 'null' END"
              + " OR t.type = 'boolean' AND long_value NOT IN (0, 1)",
          "recent_change",
          "SELECT count(*) FROM recent_change WHERE typeof(change_id) <> 'integer'"
              + " OR typeof(outcome) <> 'blob'",
          "checkpoint_removal",
          "SELECT count(*) FROM checkpoint_removal WHERE typeof(generation) <> 'integer'");

  private static final String HEADLINE = "*** in database ";
  private static final int READ_ONLY_FILE = 8;
  private static final int CANNOT_OPEN = 14;

  /** The errors of SQLite when a full disk prevents it from creating or growing a file. */
  private static final Set<SQLiteErrorCode> WITHOUT_ROOM =
      Set.of(
          SQLiteErrorCode.SQLITE_FULL,
          SQLiteErrorCode.SQLITE_IOERR_SHMSIZE,
          SQLiteErrorCode.SQLITE_IOERR_SHMOPEN);

  private static final int BUSY_MILLISECONDS = 10_000;

  private final Path file;

  public SqliteFile(Path file) {
    this.file = file;
  }

  public Path path() {
    return file;
  }

  /**
   * Opens a connection that reads and writes. Each transaction is on the disk when its commit
   * returns.
   */
  Connection openToWrite() throws SQLException {
    return openToWrite(READ_WRITE | CREATE);
  }

  /** Opens another connection that reads and writes. Fails if the file no longer exists. */
  Connection openToWriteAgain() throws SQLException {
    return openToWrite(READ_WRITE);
  }

  private Connection openToWrite(int flags) throws SQLException {
    SQLiteConfig config = config(flags);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    Connection connection = connect(config, "");
    try {
      // The page size comes first: it cannot change once the file has a write-ahead log.
      SqlDatabase.execute(connection, "PRAGMA page_size = " + PAGE_BYTES);
      SqlDatabase.execute(connection, "PRAGMA journal_mode = WAL");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Opens a read-only connection. */
  Connection openToRead(ReadAccess access) throws SQLException {
    Connection connection = openToCopy(access);
    try {
      int format = SqliteFormat.of(connection);
      if (format > 0 && format < SqliteFormat.LAST) {
        SqliteFormat.showAsLast(connection, format);
      }
      SqlDatabase.execute(connection, "PRAGMA query_only = ON");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw access == ReadAccess.SHARED ? e : unreadable(e);
    }
  }

  private SQLException unreadable(SQLException e) {
    int code = e instanceof SQLiteException sqlite ? sqlite.getResultCode().code & 0xFF : 0;
    if (code != CANNOT_OPEN && code != READ_ONLY_FILE) {
      return e;
    }
    throw new StoreException(
        StoreException.Kind.INVALID_LOCATION,
        "files of a database must be readable without write permission in its directory: file="
            + file
            + ", reason="
            + e.getMessage()
            + "; hint: "
            + DatabaseFiles.NAME
            + ", and "
            + DatabaseFiles.LOG
            + " and "
            + DatabaseFiles.MEMORY
            + " if the former exists, must be readable; if only the last is missing, a user with"
            + " write permission in the directory must open the database",
        e);
  }

  /**
   * Opens a connection that may write a copy to another file; {@code query_only} would refuse that.
   */
  Connection openToCopy(ReadAccess access) throws SQLException {
    return switch (access) {
      case SHARED -> connect(config(READ_WRITE), "");
      case BESIDE_WRITERS -> connect(config(READ_ONLY), "");
      case UNCHANGING -> connect(config(READ_ONLY), "?immutable=1");
    };
  }

  /** Opens a connection to a new database in memory. */
  static Connection openInMemory() throws SQLException {
    NativeLibraries.load();
    return config(READ_WRITE | CREATE).createConnection("jdbc:sqlite::memory:");
  }

  /**
   * Opens every connection to the file. SQLite gets the real path of the directory and refuses any
   * other symbolic link.
   */
  private Connection connect(SQLiteConfig config, String parameters) throws SQLException {
    NativeLibraries.load();
    Path real;
    try {
      real = FileChecks.parent(file).toRealPath().resolve(file.getFileName());
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "directory of a database must exist: file=" + file + ", reason=" + FileChecks.reason(e),
          e);
    }
    return config.createConnection("jdbc:sqlite:" + uri(real) + parameters);
  }

  /** Escapes a path, so that no character of it has a meaning to the driver or to SQLite. */
  private static String uri(Path path) {
    String name = path.toString().replace("%", "%25").replace("?", "%3f").replace("#", "%23");
    return name.startsWith("/") ? "file:" + name : "file:/" + name.replace('\\', '/');
  }

  private static SQLiteConfig config(int flags) {
    Properties properties = new Properties();
    // The driver has no other option that refuses a symbolic link as the last component.
    properties.setProperty("open_mode", Integer.toString(flags | URI | NO_FOLLOW));
    SQLiteConfig config = new SQLiteConfig(properties);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(BUSY_MILLISECONDS);
    return config;
  }

  /** Returns how the file can be read now, given this process's permissions in the directory. */
  ReadAccess readAccess() {
    Path directory = FileChecks.parent(file);
    if (Files.isWritable(directory)) {
      return ReadAccess.SHARED;
    }
    return DatabaseFiles.hasLog(file) ? ReadAccess.BESIDE_WRITERS : ReadAccess.UNCHANGING;
  }

  /**
   * Returns how the file can be read when the disk is too full for SQLite's locks. Empty if the
   * data is in the log alone, or if the failure has another cause.
   */
  Optional<ReadAccess> accessWithoutRoom(ReadAccess failed, SQLException e) {
    boolean isFull =
        e instanceof SQLiteException sqlite && WITHOUT_ROOM.contains(sqlite.getResultCode());
    return isFull && failed == ReadAccess.SHARED && !DatabaseFiles.hasLog(file)
        ? Optional.of(ReadAccess.UNCHANGING)
        : Optional.empty();
  }

  /** Opens a read-only connection in the first way that works. */
  private Connection openToRead() throws SQLException {
    ReadAccess access = readAccess();
    try {
      return openToRead(access);
    } catch (SQLException e) {
      return openToRead(accessWithoutRoom(access, e).orElseThrow(() -> e));
    }
  }

  /** Returns whether the file holds a database of tsdb, closed properly or not. */
  boolean holdsDatabase() throws SQLException {
    if (!Files.exists(file) || isEmpty()) {
      return false;
    }
    try (Connection connection = openToRead()) {
      if (WriterFlag.isThere(connection)) {
        checkFormat(connection);
        checkEncoding(connection);
        return true;
      }
      if (SqlDatabase.number(connection, "SELECT count(*) FROM sqlite_schema") > 0) {
        throw new StoreException(
            StoreException.Kind.DAMAGED, "file must be a database of tsdb: file=" + file);
      }
      return false; // its creation was interrupted before the first commit
    }
  }

  private boolean isEmpty() {
    try {
      return Files.size(file) == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void checkFormat(Connection connection) throws SQLException {
    int format = SqliteFormat.of(connection);
    if (format < 1 || format > SqliteFormat.LAST) {
      throw new StoreException(
          StoreException.Kind.INVALID_LOCATION,
          "database must be of a format from 1 to "
              + SqliteFormat.LAST
              + ": format="
              + format
              + ", file="
              + file);
    }
  }

  /** Checks the encoding: ids are ordered by their bytes in UTF-8. */
  private void checkEncoding(Connection connection) throws SQLException {
    String encoding = SqlDatabase.text(connection, "PRAGMA encoding");
    if (!encoding.equals("UTF-8")) {
      throw new StoreException(
          StoreException.Kind.INVALID_LOCATION,
          "file must be encoded in UTF-8: encoding=" + encoding + ", file=" + file);
    }
  }

  /** Creates the tables in one transaction. */
  void create(Connection connection, Map<String, String> properties) throws SQLException {
    checkEncoding(connection);
    connection.setAutoCommit(false);
    SqliteFormat.convert(connection, 0);
    WriterFlag.clear(connection);
    SqlDatabase.addProperties(connection, properties);
    SqlSeals.make(this, connection);
    connection.commit();
    connection.setAutoCommit(true);
  }

  /** Returns the id of the database and its generation, of the file and its log together. */
  static CommitMark.State state(Connection connection) throws SQLException {
    boolean known =
        SqlDatabase.number(
                connection,
                "SELECT count(*) FROM pragma_table_info('progress') WHERE name = 'database_id'")
            > 0;
    return new CommitMark.State(
        known ? SqlDatabase.number(connection, "SELECT database_id FROM progress") : 0,
        SqlDatabase.number(connection, "SELECT generation FROM progress"),
        0);
  }

  /** Returns the state of the file without its log; empty if the file cannot be read alone. */
  Optional<CommitMark.State> stateWithoutLog() {
    try (Connection connection = openToCopy(ReadAccess.UNCHANGING)) {
      return Optional.of(state(connection));
    } catch (SQLException | StoreException e) {
      // The file has no tables yet, or a writer is changing it.
      return Optional.empty();
    }
  }

  /** Returns whether the writer flag is set in the file, without its log. */
  boolean hasWriterFlag() {
    try (Connection connection = openToCopy(ReadAccess.UNCHANGING)) {
      return WriterFlag.isSet(connection);
    } catch (SQLException | StoreException e) {
      return false; // opening the file reports the problem
    }
  }

  /** Clears the flag that a killed writer left. */
  void clearWriterFlag() throws SQLException {
    try (Connection connection = openToWriteAgain()) {
      WriterFlag.clear(connection);
    }
  }

  /**
   * Refuses a file that another database was copied over: the log belongs to the former one.
   *
   * @param databaseId the id of the database whose log is beside the file; 0 if unknown
   */
  void checkIsOf(long databaseId) {
    if (stateWithoutLog()
        .filter(found -> found.database() != 0 && databaseId != 0)
        .filter(found -> found.database() != databaseId)
        .isPresent()) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "file must not be overwritten while it is open, but another database was: " + place());
    }
  }

  /** Converts a copy without a log to the current format, and clears its writer flag. */
  void completeCopy() throws SQLException {
    try (Connection connection = connect(config(READ_WRITE), "")) {
      migrate(connection);
      WriterFlag.clear(connection);
    }
  }

  /** Converts the tables of an older format to the current one, in one transaction. */
  void migrate(Connection connection) throws SQLException {
    int format = SqliteFormat.of(connection);
    if (format < SqliteFormat.LAST) {
      connection.setAutoCommit(false);
      SqliteFormat.convert(connection, format);
      if (format < SqliteFormat.SEALED) {
        SqlSeals.make(this, connection);
      }
      connection.commit();
      connection.setAutoCommit(true);
    }
  }

  @Override
  public String place() {
    return "file=" + file;
  }

  @Override
  public SqlDialect dialect() {
    return SqlDialect.SQLITE;
  }

  @Override
  public int rowsAtOnce() {
    return 0;
  }

  @Override
  public boolean waitsForConnections() {
    return false;
  }

  @Override
  public void waitForLocks(Connection connection, TimeLimit limit) throws SQLException {
    long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(limit.left()));
    connection
        .unwrap(SQLiteConnection.class)
        .setBusyTimeout((int) Math.min(BUSY_MILLISECONDS, left));
  }

  /**
   * Interrupts the running statement. SQLite checks for it between the steps of a statement, and
   * ignores it if no statement runs.
   */
  @Override
  public void interrupt(Connection connection) throws SQLException {
    connection.unwrap(SQLiteConnection.class).getDatabase().interrupt();
  }

  @Override
  public void abandon(Connection connection) throws SQLException {
    interrupt(connection);
  }

  @Override
  public boolean hasCheckpoints(Connection connection) throws SQLException {
    return SqliteFormat.of(connection) >= SqliteFormat.WITH_CHECKPOINTS;
  }

  /** Returns the problems that SQLite's own checks find, and values of wrong types. */
  @Override
  public List<String> check(Connection connection) throws SQLException {
    List<String> problems = new ArrayList<>();
    collect(connection, "PRAGMA integrity_check", "ok", problems);
    collect(connection, "PRAGMA foreign_key_check", "", problems);
    problems.addAll(SqliteSchema.problems(this, connection));
    if (SqliteFormat.of(connection) >= SqliteFormat.TYPED) {
      for (Map.Entry<String, String> rule : MISTYPED.entrySet()) {
        long rows = SqlDatabase.number(connection, rule.getValue());
        if (rows > 0) {
          problems.add(
              "values must be of the types of their columns: table="
                  + rule.getKey()
                  + ", rows="
                  + rows
                  + ", file="
                  + file);
        }
      }
    }
    return problems;
  }

  private void collect(Connection connection, String pragma, String good, List<String> problems)
      throws SQLException {
    try (PreparedStatement check = connection.prepareStatement(pragma);
        ResultSet rows = check.executeQuery()) {
      while (rows.next()) {
        // A row may have several lines. Its first line is a headline.
        String found = String.valueOf(rows.getString(1));
        found
            .lines()
            .filter(line -> !line.equals(good) && !line.startsWith(HEADLINE))
            .forEach(line -> problems.add("file must be sound: file=" + file + ", found=" + line));
      }
    }
  }

  @Override
  public StoreException failure(String what, SQLException e) {
    StoreException.Kind kind = StoreException.Kind.FAILED;
    if (e instanceof SQLiteException sqlite) {
      // The low byte is the primary code; the other bytes refine it.
      int code = sqlite.getResultCode().code & 0xFF;
      kind = kind(code);
    }
    return new StoreException(kind, what + ": file=" + file + ", reason=" + e.getMessage(), e);
  }

  /**
   * Maps a primary code to a kind. A failed transaction leaves nothing behind, so failures that may
   * pass, by themselves or after an operator's repair, are UNAVAILABLE: the caller may try again.
   */
  private static StoreException.Kind kind(int code) {
    return switch (code) {
      case 5, 6 -> StoreException.Kind.UNAVAILABLE; // locked by another process
      case 7, 8, 10, 13 -> StoreException.Kind.UNAVAILABLE; // no memory, read-only, I/O, full
      case CANNOT_OPEN, 15 -> StoreException.Kind.UNAVAILABLE; // a file cannot be opened, or locked
      case 11, 26 -> StoreException.Kind.DAMAGED;
      default -> StoreException.Kind.FAILED;
    };
  }
}
