package dev.vantage.tsdb.store.postgres;

import dev.vantage.tsdb.store.Seals;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.TimeLimit;
import dev.vantage.tsdb.store.sql.SqlChange;
import dev.vantage.tsdb.store.sql.SqlTransactions;
import dev.vantage.tsdb.store.sql.SqlWriting;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The connection that writes to PostgreSQL. Not thread-safe, except for {@link #isUnsettled}. A
 * lost connection is replaced by the next write. If it is lost during a commit, it is unknown
 * whether the change was stored: this class then connects again and looks for the id of the change.
 *
 * <p>The writer remembers its last change. If the last stored change is another one after a lost
 * connection, another process has written, an interrupted change was stored, or PostgreSQL has lost
 * changes. The writer then refuses writes until the caller has loaded the stored data ({@link
 * #settle}).
 */
final class PostgresWriting implements SqlWriting {
  /** The maximum time to look for an interrupted commit while PostgreSQL restarts. */
  private static final Duration SEARCH = Duration.ofSeconds(5);

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final PostgresDatabase database;
  private Optional<PostgresSession> session;

  /** The session that was lost, until another one has the lock. */
  private Optional<PostgresSession.Holder> lost = Optional.empty();

  /** The last change that the caller knows of. */
  private SqlChange known;

  private volatile boolean unsettled;

  PostgresWriting(PostgresDatabase database, PostgresSession session) throws SQLException {
    this.database = database;
    this.session = Optional.of(session);
    known = session.last();
  }

  @Override
  public boolean isUnsettled() {
    return unsettled;
  }

  /** Connects again where the connection was lost, and takes the writer's lock. */
  @Override
  public void settle(Runnable reader) {
    try {
      SqlChange last = session().last();
      reader.run();
      known = last;
      unsettled = false;
    } catch (SQLException e) {
      lose();
      throw database.failure("database cannot be written to", e);
    }
  }

  @Override
  public Connection connection() throws SQLException {
    return agreed().connection();
  }

  @Override
  public void transaction(Statements statements) throws SQLException {
    PostgresSession current = agreed();
    try {
      SqlTransactions.execute(current.connection(), statements);
    } catch (SQLException e) {
      loseIfBroken(e);
      throw e;
    }
  }

  @Override
  public void change(ChangeStatements statements) throws SQLException {
    long id = Seals.randomId();
    Connection connection;
    try {
      connection = begin(statements, id);
    } catch (SQLException e) {
      if (!loseIfBroken(e)) {
        throw e;
      }
      // The connection was lost before the commit, perhaps long ago: try once more on another
      // connection.
      connection = beginAgain(statements, id);
    }
    try {
      connection.commit();
      connection.setAutoCommit(true);
      known = new SqlChange(known.databaseId(), known.generation() + 1, id);
    } catch (SQLException e) {
      if (!loseIfBroken(e)) {
        endTransaction(connection, e);
        throw e;
      }
      find(id, e);
    }
  }

  private Connection beginAgain(ChangeStatements statements, long id) throws SQLException {
    try {
      return begin(statements, id);
    } catch (SQLException e) {
      loseIfBroken(e);
      throw e;
    }
  }

  /** Executes statements in a transaction that is still open. */
  private Connection begin(ChangeStatements statements, long id) throws SQLException {
    Connection connection = agreed().connection();
    try {
      connection.setAutoCommit(false);
      statements.execute(connection, id);
      return connection;
    } catch (SQLException | RuntimeException e) {
      endTransaction(connection, e);
      throw e;
    }
  }

  private static void endTransaction(Connection connection, Exception failure) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  /** Returns normally if a change whose commit was interrupted is stored; throws otherwise. */
  private void find(long id, SQLException cause) {
    TimeLimit search = TimeLimit.after(SEARCH, database.nanoTime());
    while (true) {
      try {
        SqlChange last = session().last();
        if (last.id() == id) {
          known = last;
          unsettled = false;
          return;
        }
        if (last.equals(known)) {
          unsettled = false;
          throw unavailable("change is not stored, because the connection was lost", cause);
        }
        throw unknown(cause);
      } catch (SQLException e) {
        lose();
      } catch (StoreException e) {
        if (e.kind() != StoreException.Kind.IN_USE) {
          throw e;
        }
        findBesideAnother(id, cause);
        return;
      }
      if (search.isOver() || Thread.currentThread().isInterrupted()) {
        throw unknown(cause);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /**
   * The lost session has ended, or no other session had the lock; but another process may have
   * written since.
   */
  private void findBesideAnother(long id, SQLException cause) {
    SqlChange last;
    try (Connection connection = database.address().connect()) {
      last = SqlChange.last(connection);
    } catch (SQLException e) {
      throw unknown(cause);
    }
    if (last.id() == id) {
      known = last;
    } else if (last.equals(known)) {
      throw unavailable("change is not stored, because the connection was lost", cause);
    } else {
      throw unknown(cause);
    }
  }

  private StoreException unknown(SQLException cause) {
    String rule =
        "it is not known whether the change is stored, because the connection was lost while it was"
            + " being committed";
    return new StoreException(
        StoreException.Kind.OUTCOME_UNKNOWN, database.failure(rule, cause).getMessage(), cause);
  }

  private StoreException unavailable(String rule, SQLException cause) {
    return new StoreException(
        StoreException.Kind.UNAVAILABLE, database.failure(rule, cause).getMessage(), cause);
  }

  /** Returns a session whose stored data is the loaded data. */
  private PostgresSession agreed() throws SQLException {
    PostgresSession current = session();
    if (unsettled) {
      if (!current.last().equals(known)) {
        throw new StoreException(
            StoreException.Kind.UNAVAILABLE,
            "stored state must be known before a write: " + database.place() + "; hint: try again");
      }
      unsettled = false;
    }
    return current;
  }

  private PostgresSession session() throws SQLException {
    if (session.isEmpty()) {
      if (lost.isPresent()) {
        PostgresSession.end(database, lost.get());
      }
      session = Optional.of(PostgresSession.open(database));
      lost = Optional.empty();
    }
    return session.get();
  }

  private boolean loseIfBroken(SQLException e) {
    boolean broken = PostgresDatabase.isLost(e) || isClosed();
    if (broken) {
      lose();
    }
    return broken;
  }

  private boolean isClosed() {
    try {
      return session.isPresent() && session.get().connection().isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  private void lose() {
    unsettled = true;
    session.ifPresent(
        old -> {
          lost = Optional.of(old.holder());
          old.abandon();
        });
    session = Optional.empty();
  }

  @Override
  public void close() {
    session.ifPresent(PostgresSession::close);
  }
}
