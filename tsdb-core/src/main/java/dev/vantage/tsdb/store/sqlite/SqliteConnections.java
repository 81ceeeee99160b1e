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

/** Thread-safe. Opens connections that write to an SQLite file, read it, or copy it. */
final class SqliteConnections {
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

  private static final int READ_ONLY_FILE = 8;
  static final int CANNOT_OPEN = 14;

  /** The errors of SQLite when a full disk prevents it from creating or growing a file. */
  private static final Set<SQLiteErrorCode> WITHOUT_ROOM =
      Set.of(
          SQLiteErrorCode.SQLITE_FULL,
          SQLiteErrorCode.SQLITE_IOERR_SHMSIZE,
          SQLiteErrorCode.SQLITE_IOERR_SHMOPEN);

  /** The time for which a connection waits for locks of other programs. */
  static final int BUSY_MILLISECONDS = 10_000;

  private final Path file;

  SqliteConnections(Path file) {
    this.file = file;
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
  Connection openToRead() throws SQLException {
    ReadAccess access = readAccess();
    try {
      return openToRead(access);
    } catch (SQLException e) {
      return openToRead(accessWithoutRoom(access, e).orElseThrow(() -> e));
    }
  }
}
