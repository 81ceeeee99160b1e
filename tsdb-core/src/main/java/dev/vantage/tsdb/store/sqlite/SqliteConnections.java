package dev.vantage.tsdb.store.sqlite;

import dev.vantage.tsdb.files.FileChecks;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.sql.SqlDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Opens the connections to a file: to write, to read, or to copy it. Immutable. */
final class SqliteConnections {
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

  private static final int READ_ONLY_FILE = 8;
  static final int CANNOT_OPEN = 14;

  /** What SQLite says where a full disk keeps it from making or growing a file that it needs. */
  private static final Set<SQLiteErrorCode> WITHOUT_ROOM =
      Set.of(
          SQLiteErrorCode.SQLITE_FULL,
          SQLiteErrorCode.SQLITE_IOERR_SHMSIZE,
          SQLiteErrorCode.SQLITE_IOERR_SHMOPEN);

  /** How long a connection waits for locks of other programs. */
  static final int BUSY_MILLISECONDS = 10_000;

  private final Path file;

  SqliteConnections(Path file) {
    this.file = file;
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
  Connection openToRead() throws SQLException {
    ReadAccess access = readAccess();
    try {
      return openToRead(access);
    } catch (SQLException e) {
      return openToRead(accessWithoutRoom(access, e).orElseThrow(() -> e));
    }
  }
}
