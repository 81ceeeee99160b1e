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
 * A connection that holds the writer's lock of a schema. Not thread-safe. The lock is an advisory
 * lock of the session and ends with it. While the lock is held, no work of an earlier session is
 * running.
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

  /** Identifies a process of the server; a process number alone may be reused. */
  record Holder(int process, String started) {}

  /**
   * Connects and takes the lock. Waits briefly for the session of a killed process, until the
   * server ends it.
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
   * @throws SQLException also if the server is read-only
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
      // Acknowledged writes must survive a crash, even if the server's default is less durable.
      SqlDatabase.execute(
          connection,
          "SELECT set_config('synchronous_commit', 'on', false)"
              + " WHERE current_setting('synchronous_commit') = 'off'");
      return new PostgresSession(connection, holder(connection));
    } catch (SQLException | RuntimeException e) {
      SqlDatabase.closeQuietly(connection);
      throw e;
    }
  }

  /**
   * Ends the session of an earlier, lost connection of this process, if the server still runs it.
   * When this method returns, no work of that session is running.
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
            return; // the server releases its locks before it removes its row
          }
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
    throw new SQLTransientConnectionException("the session that was lost has not ended yet");
  }

  /** A standby grants the lock too, but does not exclude writers on the primary. */
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

  /** Advisory locks belong to a database; the name of the schema distinguishes them. */
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

  /** Returns the last stored change. */
  SqlChange last() throws SQLException {
    return SqlChange.last(connection);
  }

  /** Abandons a lost connection. */
  void abandon() {
    SqlDatabase.closeQuietly(connection);
  }

  /** Releases the lock, so that the next writer need not wait for the server to end the session. */
  @Override
  public void close() {
    try {
      SqlDatabase.execute(connection, "SELECT pg_advisory_unlock_all()");
    } catch (SQLException e) {
      // The lock ends with the session.
    }
    SqlDatabase.closeQuietly(connection);
  }
}
