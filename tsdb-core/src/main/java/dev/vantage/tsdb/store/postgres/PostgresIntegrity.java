package dev.vantage.tsdb.store.postgres;

import dev.vantage.tsdb.store.sql.SqlDatabase;
import dev.vantage.tsdb.store.sql.SqlRule;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Checks references and types of values. PostgreSQL checks its pages itself. Stateless. */
final class PostgresIntegrity {
  /** The tables in which every row belongs to a series. */
  private static final List<String> ROWS_OF_SERIES =
      List.of("attribute", "summary", "distance_row", "vantage_point", "attribute_change");

  /** The tables in which every series has a row. */
  private static final List<String> ROWS_OF_EVERY_SERIES = List.of("summary", "distance_row");

  private static final List<SqlRule> RULES_OF_VALUES =
      List.of(
          new SqlRule(
              "every attribute must have a type: table=attribute",
              "SELECT count(*) FROM attribute a LEFT JOIN attribute_type t ON t.name = a.name"
                  + " WHERE t.name IS NULL"),
          new SqlRule(
              "values must be of the types of their attributes: table=attribute",
              "SELECT count(*) FROM attribute a JOIN attribute_type t ON t.name = a.name"
                  + " WHERE (double_value IS NULL) <> (t.type <> 'double')"
                  + " OR (long_value IS NULL) <> (t.type IN ('double', 'text'))"
                  + " OR (text_value IS NULL) <> (t.type <> 'text')"
                  + " OR t.type = 'boolean' AND long_value NOT IN (0, 1)"),
          new SqlRule(
              "storage keys must be at most the greatest used: table=series",
              "SELECT count(*) FROM series s, progress p WHERE s.key > p.last_key"));

  private PostgresIntegrity() {}

  /** Returns the problems of a database, one sentence each. */
  static List<String> problems(SqlDatabase database, Connection connection) throws SQLException {
    return SqlRule.problems(rules(), database, connection);
  }

  private static List<SqlRule> rules() {
    List<SqlRule> rules = new ArrayList<>();
    for (String table : ROWS_OF_SERIES) {
      rules.add(
          new SqlRule(
              "every row must be of a stored series: table=" + table,
              "SELECT count(*) FROM "
                  + table
                  + " t LEFT JOIN series s ON s.key = t.key WHERE s.key IS NULL"));
    }
    for (String table : ROWS_OF_EVERY_SERIES) {
      rules.add(
          new SqlRule(
              "every series must have a row: table=" + table,
              "SELECT count(*) FROM series s LEFT JOIN "
                  + table
                  + " t ON t.key = s.key WHERE t.key IS NULL"));
    }
    rules.addAll(RULES_OF_VALUES);
    return rules;
  }
}
