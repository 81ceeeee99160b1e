package dev.vantage.tsdb.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The last change of a database. Immutable.
 *
 * @param databaseId the id of the database
 * @param generation the generation that the change made
 * @param id the id of the change
 */
public record SqlChange(long databaseId, long generation, long id) {

  /** Reads the last stored change, of any writer. */
  public static SqlChange last(Connection connection) throws SQLException {
    String sql = "SELECT database_id, generation, change_id FROM progress";
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      row.next();
      return new SqlChange(row.getLong(1), row.getLong(2), row.getLong(3));
    }
  }
}
