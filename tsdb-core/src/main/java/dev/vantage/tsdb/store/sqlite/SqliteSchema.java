package dev.vantage.tsdb.store.sqlite;

import dev.vantage.tsdb.store.sql.SqlDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares the tables, indexes, triggers and views of a file with those of a new database. */
final class SqliteSchema {
  private SqliteSchema() {}

  /** Returns the differences between a file and a new database of its format. */
  static List<String> problems(SqlDatabase file, Connection connection) throws SQLException {
    int format = SqliteFormat.of(connection);
    SortedMap<String, String> expected;
    try (Connection fresh = SqliteConnections.openInMemory()) {
      SqliteFormat.convert(fresh, 0, format);
      expected = read(fresh);
    }
    SortedMap<String, String> found = read(connection);
    SortedSet<String> names = new TreeSet<>(expected.keySet());
    names.addAll(found.keySet());
    List<String> problems = new ArrayList<>();
    for (String name : names) {
      if (!expected.getOrDefault(name, "").equals(found.getOrDefault(name, ""))) {
        problems.add(
            "schema must be that of the format: "
                + name
                + ", problem="
                + problem(expected.containsKey(name), found.containsKey(name))
                + ", format="
                + format
                + ", "
                + file.place());
      }
    }
    return problems;
  }

  private static String problem(boolean expected, boolean found) {
    if (expected) {
      return found ? "it is altered" : "it is missing";
    }
    return "it does not belong there";
  }

  /**
   * Returns the CREATE statements of all schema objects by type and name, without the statistics of
   * ANALYZE.
   */
  private static SortedMap<String, String> read(Connection connection) throws SQLException {
    SortedMap<String, String> schema = new TreeMap<>();
    try (Statement select = connection.createStatement();
        ResultSet rows =
            select.executeQuery(
                "SELECT type, name, coalesce(sql, 'made by SQLite') FROM main.sqlite_schema"
                    + " WHERE substr(name, 1, 11) <> 'sqlite_stat'")) {
      while (rows.next()) {
        schema.put(rows.getString(1) + "=" + rows.getString(2), rows.getString(3));
      }
    }
    return schema;
  }
}
