package dev.vantage.tsdb.store.sql;

import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.TimeLimit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The location, the SQL dialect and the error codes of one stored database. */
public interface SqlDatabase {

  /** {@return the location for messages, as {@code name=value}} */
  String place();

  /** Translates a failure of the driver. */
  StoreException failure(String what, SQLException e);

  /** {@return the SQL dialect of conditions} */
  SqlDialect dialect();

  /** {@return the fetch size of long results in rows; 0 if each row is read on demand} */
  int rowsAtOnce();

  /** Whether the stored format has checkpoints. */
  boolean hasCheckpoints(Connection connection) throws SQLException;

  /**
   * Whether getting a connection may take long, so that the waiting thread must be interruptible.
   */
  boolean waitsForConnections();

  /** Makes a connection wait for locks of other programs, at most until a limit. */
  void waitForLocks(Connection connection, TimeLimit limit) throws SQLException;

  /** Cancels the statement that runs on a connection, if any. Thread-safe. */
  void interrupt(Connection connection) throws SQLException;

  /** Aborts a connection whose statement cannot be cancelled. Thread-safe. */
  void abandon(Connection connection) throws SQLException;

  /** {@return the problems of the structure, one sentence each} */
  List<String> check(Connection connection) throws SQLException;

  /** {@return the failure for damaged data} */
  default StoreException damaged(String rule) {
    return new StoreException(StoreException.Kind.DAMAGED, rule + ", " + place());
  }

  static void addProperties(Connection connection, Map<String, String> properties)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO property VALUES (?, ?)")) {
      for (Map.Entry<String, String> property : properties.entrySet()) {
        insert.setString(1, property.getKey());
        insert.setString(2, property.getValue());
        insert.executeUpdate();
      }
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

  static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * Closes a connection, and ignores a failure: every acknowledged change is durable already, and
   * the database drops an uncommitted one.
   */
  static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // No acknowledged change is lost.
    }
  }
}
