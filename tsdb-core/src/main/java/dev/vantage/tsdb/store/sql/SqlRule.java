package dev.vantage.tsdb.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A rule that stored rows must keep. Immutable.
 *
 * @param rule the rule, as a sentence for people
 * @param counting the statement that counts the rows that break the rule
 */
public record SqlRule(String rule, String counting) {

  /** {@return the rules that a database breaks, one sentence each} */
  public static List<String> problems(
      List<SqlRule> rules, SqlDatabase database, Connection connection) throws SQLException {
    List<String> problems = new ArrayList<>();
    for (SqlRule rule : rules) {
      long found = SqlDatabase.number(connection, rule.counting);
      if (found > 0) {
        problems.add(rule.rule + ", found=" + found + ", " + database.place());
      }
    }
    return problems;
  }
}
