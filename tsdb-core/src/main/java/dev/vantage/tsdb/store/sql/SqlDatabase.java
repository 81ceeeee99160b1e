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

/** One stored database: where it is, and in what its SQL and its errors differ from others. */
public interface SqlDatabase {

  /** Where it is, in words for messages: a name, an equals sign and a value. */
  String place();

  /** What a failure means to those above. */
  StoreException failure(String what, SQLException e);

  /** The language of conditions. */
  SqlDialect dialect();

  /** How many rows of a long answer are read at once; 0 if each is read when it is asked for. */
  int rowsAtOnce();

  /** Whether it is of a format that has checkpoints. */
  boolean hasCheckpoints(Connection connection) throws SQLException;

  /** Whether to get a connection may take long, so that whoever waits for one is interrupted. */
  boolean waitsForConnections();

  /** Has a connection wait for locks of other programs until a limit, and not too long. */
  void waitForLocks(Connection connection, TimeLimit limit) throws SQLException;

  /** Asks what runs on a connection to end, from any thread; does nothing where nothing runs. */
  void interrupt(Connection connection) throws SQLException;

  /** Cuts a connection on which nothing ends, from any thread. */
  void abandon(Connection connection) throws SQLException;

  /** What is wrong with the structure, one sentence each. */
  List<String> check(Connection connection) throws SQLException;

  /** What is stored is not what was written. */
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
}
