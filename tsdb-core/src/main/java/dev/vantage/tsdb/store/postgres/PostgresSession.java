package dev.vantage.tsdb.store.postgres;

import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.TimeLimit;
import dev.vantage.tsdb.store.sql.SqlChange;
import dev.vantage.tsdb.store.sql.SqlDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A connection that has the writer's lock of a schema: an advisory lock of its session, which ends
 * with the session, however that ends. The holder of the lock knows that no work of an earlier
 * session is still under way. Not thread-safe.
 */
final class PostgresSession implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration ENDING = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final Connection connection;
  private final Holder holder;

  private PostgresSession(Connection connection, Holder holder) {
    this.connection = connection;
    this.holder = holder;
  }

  /** A process of the server; its number alone may come again. */
  record Holder(int process, String started) {}

  /**
   * Connects and takes the lock; waits a moment for the session of a process that was killed, which
   * the server ends when it notices.
   *
   * @throws StoreException of the kind IN_USE if another session has it
   */
  static PostgresSession openPatiently(PostgresDatabase database) throws SQLException {
    TimeLimit patience = TimeLimit.after(PATIENCE, database.nanoTime());
    while (true) {
      try {
        return open(database);
      } catch (StoreException e) {
        if (e.kind() != StoreException.Kind.IN_USE || patience.isOver()) {
          throw e;
        }
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /**
   * Connects and takes the lock.
   *
   * @throws StoreException of the kind IN_USE if another session has it
   * @throws SQLException also where nothing can be written
   */
  static PostgresSession open(PostgresDatabase database) throws SQLException {
    Connection connection = database.address().connect();
    try {
      checkAcceptsWrites(connection);
      if (!tryLock(connection, database.address().schema())) {
        throw new StoreException(
            StoreException.Kind.IN_USE,
            "a database can be open for writing only once: " + database.place());
      }
      // What was acknowledged must survive; whoever turned that off meant other data.
      SqlDatabase.execute(
          connection,
          "SELECT set_config('synchronous_commit', 'on', false)"
              + " WHERE current_setting('synchronous_commit') = 'off'");
      return new PostgresSession(connection, holder(connection));
    } catch (SQLException | RuntimeException e) {
      closeQuietly(connection);
      throw e;
    }
  }

  /**
   * Ends the session that an earlier connection of this process left behind, if the server has not
   * noticed yet that nobody is there any more. When this returns, nothing of it is under way.
   */
  static void end(PostgresDatabase database, Holder holder) throws SQLException {
    TimeLimit ending = TimeLimit.after(ENDING, database.nanoTime());
    try (Connection connection = database.address().connect();
        PreparedStatement end =
            connection.prepareStatement(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE pid = ? AND backend_start::text = ?")) {
      end.setInt(1, holder.process());
      end.setString(2, holder.started());
      while (!ending.isOver()) {
        try (ResultSet row = end.executeQuery()) {
          if (!row.next()) {
            return; // its locks go before its row
          }
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
    throw new SQLTransientConnectionException("the session that was lost has not ended yet");
  }

  /** A standby grants the lock too, but that lock excludes no writer. */
  private static void checkAcceptsWrites(Connection connection) throws SQLException {
    String sql = "SELECT pg_is_in_recovery(), current_setting('transaction_read_only')";
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      row.next();
      if (row.getBoolean(1) || row.getString(2).equals("on")) {
        throw new SQLException(
            "PostgreSQL must accept writes (standby="
                + row.getBoolean(1)
                + ", transaction_read_only="
                + row.getString(2)
                + "); it can be read from",
            PostgresDatabase.READ_ONLY);
      }
    }
  }

  /** Locks belong to a database, so that the name of the schema is all that tells them apart. */
  private static boolean tryLock(Connection connection, String schema) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_try_advisory_lock(hashtextextended(?, 0))")) {
      lock.setString(1, "writer of tsdb in schema " + schema);
      try (ResultSet row = lock.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private static Holder holder(Connection connection) throws SQLException {
    String sql =
        "SELECT pid, backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()";
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      row.next();
      return new Holder(row.getInt(1), row.getString(2));
    }
  }

  Connection connection() {
    return connection;
  }

  Holder holder() {
    return holder;
  }

  /** What is stored now. */
  SqlChange last() throws SQLException {
    return SqlChange.last(connection);
  }

  /** Lets go of a connection that is of no more use. */
  void abandon() {
    closeQuietly(connection);
  }

  /** Gives the lock back, so that the next writer need not wait for the server to notice. */
  @Override
  public void close() {
    try {
      SqlDatabase.execute(connection, "SELECT pg_advisory_unlock_all()");
    } catch (SQLException e) {
      // The lock goes with the session.
    }
    closeQuietly(connection);
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // The server ends a session whose connection is gone.
    }
  }
}
