package dev.vantage.tsdb.store.sqlite;

import dev.vantage.tsdb.store.sql.SqlDatabase;
import dev.vantage.tsdb.store.sql.SqlRule;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Checks the structure, the schema and the types of the values of an SQLite file. Stateless. */
final class SqliteIntegrity {
  /**
   * Values must be of the types that tsdb writes. SQLite stores any type in any column. A number
   * stored as a string has the same checksum, but no condition finds it.
   */
  private static final List<SqlRule> TYPES =
      List.of(
          typed(
              "series",
              "SELECT count(*) FROM series WHERE typeof(id) <> 'text' OR typeof(times) <> 'blob'"
                  + " OR typeof(sample_values) <> 'blob' OR typeof(period) <> 'real'"),
          typed(
              "summary",
              "SELECT count(*) FROM summary WHERE typeof(mean) <> 'real' OR typeof(std) <> 'real'"
                  + " OR typeof(length) <> 'integer'"
                  + " OR typeof(inserted_at) NOT IN ('integer', 'null')"),
          typed(
              "attribute",
              "SELECT count(*) FROM attribute a JOIN attribute_type t ON t.name = a.name"
                  + " WHERE typeof(a.name) <> 'text'"
                  + " OR typeof(double_value) <> CASE t.type WHEN 'double' THEN 'real' ELSE 'null' END"
                  + " OR typeof(long_value) <>"
                  + " CASE WHEN t.type IN ('double', 'text') THEN 'null' ELSE 'integer' END"
                  + " OR typeof(text_value) <> CASE t.type WHEN 'text' THEN 'text' ELSE 'null' END"
                  + " OR t.type = 'boolean' AND long_value NOT IN (0, 1)"),
          typed(
              "recent_change",
              "SELECT count(*) FROM recent_change WHERE typeof(change_id) <> 'integer'"
                  + " OR typeof(outcome) <> 'blob'"),
          typed(
              "checkpoint_removal",
              "SELECT count(*) FROM checkpoint_removal WHERE typeof(generation) <> 'integer'"),
          typed(
              "attribute_change",
              "SELECT count(*) FROM attribute_change WHERE typeof(generation) <> 'integer'"));

  private static final String HEADLINE = "*** in database ";

  private SqliteIntegrity() {}

  private static SqlRule typed(String table, String counting) {
    return new SqlRule("values must be of the types of their columns: table=" + table, counting);
  }

  /** Returns the problems that SQLite's own checks find, and values of wrong types. */
  static List<String> problems(SqlDatabase file, Connection connection) throws SQLException {
    List<String> problems = new ArrayList<>();
    collect(file, connection, "PRAGMA integrity_check", "ok", problems);
    collect(file, connection, "PRAGMA foreign_key_check", "", problems);
    problems.addAll(SqliteSchema.problems(file, connection));
    if (SqliteFormat.of(connection) >= SqliteFormat.TYPED) {
      problems.addAll(SqlRule.problems(TYPES, file, connection));
    }
    return problems;
  }

  private static void collect(
      SqlDatabase file, Connection connection, String pragma, String good, List<String> problems)
      throws SQLException {
    try (PreparedStatement check = connection.prepareStatement(pragma);
        ResultSet rows = check.executeQuery()) {
      while (rows.next()) {
        // A row may have several lines. Its first line is a headline.
        String found = String.valueOf(rows.getString(1));
        found
            .lines()
            .filter(line -> !line.equals(good) && !line.startsWith(HEADLINE))
            .forEach(
                line -> problems.add("file must be sound: " + file.place() + ", found=" + line));
      }
    }
  }
}
