package dev.vantage.tsdb.store;

import java.sql.Connection;
import java.sql.SQLException;

/** The connection that writes to a file, and the lock that makes it the only one. */
final class SqliteWriting implements SqlWriting {
  private final Connection connection;
  private final WriterLock lock;

  SqliteWriting(Connection connection, WriterLock lock) {
    this.connection = connection;
    this.lock = lock;
  }

  @Override
  public Connection connection() {
    return connection;
  }

  @Override
  public void transaction(Statements statements) throws SQLException {
    SqlTransactions.execute(connection, statements);
  }

  /** Nothing comes between a file and us, so that no change needs an id to be found again. */
  @Override
  public void change(ChangeStatements statements) throws SQLException {
    transaction(own -> statements.execute(own, 0));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // Everything acknowledged is on the disk; what is left is for the next open to tidy.
    }
    lock.close();
  }
}
