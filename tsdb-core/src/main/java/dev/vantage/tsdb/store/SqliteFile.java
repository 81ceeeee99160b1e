package dev.vantage.tsdb.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteException;

/** One SQLite file of ours: how it is opened, made, recognised, and what its errors mean. */
final class SqliteFile {
  /** "tsdb" in ASCII, in the place that SQLite's file header has for it. */
  private static final int APPLICATION_ID = 0x74736462;

  /**
   * Of a new file. A series of 256 points fills half of SQLite's usual page of 4096 bytes and one
   * of 1024 two of them; the rest would be written, and read, for nothing.
   */
  private static final int PAGE_BYTES = 8192;

  private static final int BUSY_MILLISECONDS = 10_000;

  private final Path file;

  SqliteFile(Path file) {
    this.file = file;
  }

  Path path() {
    return file;
  }

  /**
   * A connection that reads and writes; each transaction is on the disk when its commit returns.
   */
  Connection openToWrite() throws SQLException {
    SQLiteConfig config = config();
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try {
      // In this order: a file with a write-ahead log keeps the pages it has.
      execute(connection, "PRAGMA page_size = " + PAGE_BYTES);
      execute(connection, "PRAGMA journal_mode = WAL");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * A connection that may not change anything. It is not opened read-only, because it must be able
   * to make the shared-memory file of the write-ahead log.
   */
  Connection openToRead() throws SQLException {
    Connection connection = openToCopy();
    try {
      int format = SqliteFormat.of(connection);
      if (format > 0 && format < SqliteFormat.LAST) {
        SqliteFormat.showAsLast(connection);
      }
      execute(connection, "PRAGMA query_only = ON");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** A connection that may write a copy to another file, which {@code query_only} would refuse. */
  Connection openToCopy() throws SQLException {
    return config().createConnection("jdbc:sqlite:" + file);
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.enforceForeignKeys(true);
    config.setBusyTimeout(BUSY_MILLISECONDS);
    return config;
  }

  /** Whether the file holds a database of ours, however it ended. */
  boolean holdsDatabase() throws SQLException {
    if (!Files.exists(file) || isEmpty()) {
      return false;
    }
    try (Connection connection = openToRead()) {
      if (number(connection, "PRAGMA application_id") == APPLICATION_ID) {
        checkFormat(connection);
        return true;
      }
      if (number(connection, "SELECT count(*) FROM sqlite_schema") > 0) {
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
          StoreException.Kind.FAILED,
          "database must be of a format from 1 to "
              + SqliteFormat.LAST
              + ": format="
              + format
              + ", file="
              + file);
    }
  }

  /** Makes the tables, in one transaction. */
  static void create(Connection connection, Map<String, String> properties) throws SQLException {
    connection.setAutoCommit(false);
    SqliteFormat.convert(connection, 0);
    execute(connection, "PRAGMA application_id = " + APPLICATION_ID);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO property VALUES (?, ?)")) {
      for (Map.Entry<String, String> property : properties.entrySet()) {
        insert.setString(1, property.getKey());
        insert.setString(2, property.getValue());
        insert.executeUpdate();
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  /** Converts the tables of an older format to this one, in one transaction. */
  static void migrate(Connection connection) throws SQLException {
    int format = SqliteFormat.of(connection);
    if (format < SqliteFormat.LAST) {
      connection.setAutoCommit(false);
      SqliteFormat.convert(connection, format);
      connection.commit();
      connection.setAutoCommit(true);
    }
  }

  static SortedMap<String, String> properties(Connection connection) throws SQLException {
    SortedMap<String, String> properties = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name, value FROM property")) {
      while (rows.next()) {
        properties.put(rows.getString(1), rows.getString(2));
      }
    }
    return properties;
  }

  static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** What a failure means to those above. */
  StoreException failure(String what, SQLException e) {
    StoreException.Kind kind = StoreException.Kind.FAILED;
    if (e instanceof SQLiteException sqlite) {
      // The low byte is the primary code; the rest refines it.
      int code = sqlite.getResultCode().code & 0xFF;
      if (code == 11 || code == 26) {
        kind = StoreException.Kind.DAMAGED;
      }
    }
    return new StoreException(kind, what + ": file=" + file + ", reason=" + e.getMessage(), e);
  }
}
