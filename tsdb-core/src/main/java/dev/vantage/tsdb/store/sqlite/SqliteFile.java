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

/** One SQLite file of ours: how it is opened, made, recognised, and what its errors mean. */
public final class SqliteFile implements SqlDatabase {
  /**
   * Of a new file. A series of 256 points fills half of SQLite's usual page of 4096 bytes and one
   * of 1024 two of them; the rest would be written, and read, for nothing.
   */
  private static final int PAGE_BYTES = 8192;

  /** What SQLite's own header calls SQLITE_OPEN_READONLY and so on. */
  private static final int READ_ONLY = 1;

  private static final int READ_WRITE = 2;
  private static final int CREATE = 4;
  private static final int URI = 0x40;
  private static final int NO_FOLLOW = 0x0100_0000;

  /**
   * How many rows of a table have a value of another type than was written. SQLite stores any type
   * in any column: a number that reads the same as a string has the same checksum, and is not found
   * by a condition.
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

  /** What SQLite says where a full disk keeps it from making or growing a file that it needs. */
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
   * A connection that reads and writes; each transaction is on the disk when its commit returns.
   */
  Connection openToWrite() throws SQLException {
    return openToWrite(READ_WRITE | CREATE);
  }

  /** Another connection like that to a file that was there, and is not made if it is gone. */
  Connection openToWriteAgain() throws SQLException {
    return openToWrite(READ_WRITE);
  }

  private Connection openToWrite(int flags) throws SQLException {
    SQLiteConfig config = config(flags);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    Connection connection = connect(config, "");
    try {
      // In this order: a file with a write-ahead log keeps the pages it has.
      SqlDatabase.execute(connection, "PRAGMA page_size = " + PAGE_BYTES);
      SqlDatabase.execute(connection, "PRAGMA journal_mode = WAL");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** A connection that may not change anything. */
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
        "who may not write to the directory of a database must be able to read its files: file="
            + file
            + ", reason="
            + e.getMessage()
            + "; hint: "
            + DatabaseFiles.NAME
            + ", and "
            + DatabaseFiles.LOG
            + " and "
            + DatabaseFiles.MEMORY
            + " where the former is there, must be readable; if only the last is missing, let a user"
            + " who may write to the directory open the database",
        e);
  }

  /** A connection that may write a copy to another file, which {@code query_only} would refuse. */
  Connection openToCopy(ReadAccess access) throws SQLException {
    return switch (access) {
      case SHARED -> connect(config(READ_WRITE), "");
      case BESIDE_WRITERS -> connect(config(READ_ONLY), "");
      case UNCHANGING -> connect(config(READ_ONLY), "?immutable=1");
    };
  }

  /** A connection to a database that is in no file. */
  static Connection openInMemory() throws SQLException {
    NativeLibraries.load();
    return config(READ_WRITE | CREATE).createConnection("jdbc:sqlite::memory:");
  }

  /** The one way to a file. SQLite is told the real directory, and then refuses all other links. */
  private Connection connect(SQLiteConfig config, String parameters) throws SQLException {
    NativeLibraries.load();
    Path real;
    try {
      real = FileChecks.parent(file).toRealPath().resolve(file.getFileName());
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "directory of a database must be there: file="
              + file
              + ", reason="
              + FileChecks.reason(e),
          e);
    }
    return config.createConnection("jdbc:sqlite:" + uri(real) + parameters);
  }

  /** A path in a form in which none of its characters means anything to the driver or SQLite. */
  private static String uri(Path path) {
    String name = path.toString().replace("%", "%25").replace("?", "%3f").replace("#", "%23");
    return name.startsWith("/") ? "file:" + name : "file:/" + name.replace('\\', '/');
  }

  private static SQLiteConfig config(int flags) {
    Properties properties = new Properties();
    // The driver has no other way to say that the last component may not be a link.
    properties.setProperty("open_mode", Integer.toString(flags | URI | NO_FOLLOW));
    SQLiteConfig config = new SQLiteConfig(properties);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(BUSY_MILLISECONDS);
    return config;
  }

  /** How the file can be read just now, by what this process may do in its directory. */
  ReadAccess readAccess() {
    Path directory = FileChecks.parent(file);
    if (Files.isWritable(directory)) {
      return ReadAccess.SHARED;
    }
    return DatabaseFiles.hasLog(file) ? ReadAccess.BESIDE_WRITERS : ReadAccess.UNCHANGING;
  }

  /**
   * How else the file can be read where SQLite has no room on the disk for its locks; empty if only
   * the log has what is to be read, or if something else is wrong.
   */
  Optional<ReadAccess> accessWithoutRoom(ReadAccess failed, SQLException e) {
    boolean isFull =
        e instanceof SQLiteException sqlite && WITHOUT_ROOM.contains(sqlite.getResultCode());
    return isFull && failed == ReadAccess.SHARED && !DatabaseFiles.hasLog(file)
        ? Optional.of(ReadAccess.UNCHANGING)
        : Optional.empty();
  }

  /** A connection that may not change anything, made in the way that works just now. */
  private Connection openToRead() throws SQLException {
    ReadAccess access = readAccess();
    try {
      return openToRead(access);
    } catch (SQLException e) {
      return openToRead(accessWithoutRoom(access, e).orElseThrow(() -> e));
    }
  }

  /** Whether the file holds a database of ours, however it ended. */
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
      return false; // its making was cut short before anything was committed
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

  /** Ids are ordered by their bytes in UTF-8. */
  private void checkEncoding(Connection connection) throws SQLException {
    String encoding = SqlDatabase.text(connection, "PRAGMA encoding");
    if (!encoding.equals("UTF-8")) {
      throw new StoreException(
          StoreException.Kind.INVALID_LOCATION,
          "file must be encoded in UTF-8: encoding=" + encoding + ", file=" + file);
    }
  }

  /** Makes the tables, in one transaction. */
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

  /** How far a database has come, and which one it is; not how much of that the file holds. */
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

  /** How far the file alone has come, as if it had no log; empty if that cannot be said. */
  Optional<CommitMark.State> stateWithoutLog() {
    try (Connection connection = openToCopy(ReadAccess.UNCHANGING)) {
      return Optional.of(state(connection));
    } catch (SQLException | StoreException e) {
      // It has no tables yet, or a writer is changing it just now.
      return Optional.empty();
    }
  }

  /** Whether the file alone, as if it had no log, says that a writer has it open. */
  boolean hasWriterFlag() {
    try (Connection connection = openToCopy(ReadAccess.UNCHANGING)) {
      return WriterFlag.isSet(connection);
    } catch (SQLException | StoreException e) {
      return false; // whoever opens the file hears of it
    }
  }

  /** Clears the flag of a writer that was killed. */
  void clearWriterFlag() throws SQLException {
    try (Connection connection = openToWriteAgain()) {
      WriterFlag.clear(connection);
    }
  }

  /**
   * Refuses a file into which another database was written: with its log it would be a mixture.
   *
   * @param databaseId of the database whose log is beside the file; 0 where that is not known
   */
  void checkIsOf(long databaseId) {
    if (stateWithoutLog()
        .filter(found -> found.database() != 0 && databaseId != 0)
        .filter(found -> found.database() != databaseId)
        .isPresent()) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "file must stay as it was opened, but another database was written over it: " + place());
    }
  }

  /** Makes a copy that has no log a database of this format, which no writer has open. */
  void completeCopy() throws SQLException {
    try (Connection connection = connect(config(READ_WRITE), "")) {
      migrate(connection);
      WriterFlag.clear(connection);
    }
  }

  /** Converts the tables of an older format to this one, in one transaction. */
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

  /** SQLite looks at this between the steps of a statement, and forgets it when none runs. */
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

  /** What SQLite itself finds wrong with the file. */
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
        // Some rows have many lines, the first of which says where the others are.
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
      // The low byte is the primary code; the rest refines it.
      int code = sqlite.getResultCode().code & 0xFF;
      kind = kind(code);
    }
    return new StoreException(kind, what + ": file=" + file + ", reason=" + e.getMessage(), e);
  }

  /**
   * Nothing is half done after any failure; what may pass by itself, or by what people do about the
   * machine, can be tried again.
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
