package dev.vantage.tsdb.store.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** Statements that are executed together or not at all. */
public final class SqlTransactions {
  private SqlTransactions() {}

  public static void execute(Connection connection, SqlWriting.Statements statements)
      throws SQLException {
    connection.setAutoCommit(false);
    try {
      statements.execute(connection);
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException | RuntimeException e) {
      rollBack(connection, e);
      throw e;
    }
  }

  static void rollBack(Connection connection, Exception failure) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }
}
