package dev.vantage.tsdb.store.sqlite;

import dev.vantage.tsdb.store.Seals;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.TimeLimit;
import dev.vantage.tsdb.store.sql.SqlChange;
import dev.vantage.tsdb.store.sql.SqlDatabase;
import dev.vantage.tsdb.store.sql.SqlWriting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.SQLiteConnection;

/**
 * The writing connection of a file, and the writer's lock. Not thread-safe, except for {@link
 * #isUnsettled}. The connection is replaced after any failure, because SQLite may have ended the
 * transaction without the driver's knowledge.
 */
final class SqliteWriting implements SqlWriting {
  /** The time that closing waits for locks of other programs, in milliseconds. */
  private static final int CLOSING_MILLISECONDS = 1_000;

  private final SqliteFile file;
  private final Optional<CommitMark> mark;
  private final Optional<WriterLock> lock;
  private OpenedFiles opened;
  private Connection connection;
  private boolean broken;

  /** Whether the writer flag is set in the file, so that a copy without the log is recognised. */
  private boolean flagged;

  /** The last change that the caller knows of. No other process can write. */
  private SqlChange known;

  private volatile boolean unsettled;

  /**
   * Creates the writing connection.
   *
   * @param mark updated with every change; empty for a database that is being created
   * @param lock released at close; empty for a database that is being created
   */
  SqliteWriting(
      SqliteFile file, Connection connection, Optional<CommitMark> mark, Optional<WriterLock> lock)
      throws SQLException {
    this.file = file;
    this.connection = connection;
    this.mark = mark;
    this.lock = lock;
    known = SqlChange.last(connection);
    opened = OpenedFiles.of(file.path());
  }

  @Override
  public Connection connection() throws SQLException {
    opened.check();
    lock.ifPresent(WriterLock::check);
    if (opened.mayBeOverwritten()) {
      new MainFile(file).checkIsOf(known.databaseId());
      opened = opened.written();
    }
    if (broken) {
      // The old connection is closed after the new one is open: closing the last connection would
      // remove the write-ahead log.
      Connection next = file.connections().openToWriteAgain();
      SqlDatabase.closeQuietly(connection);
      connection = next;
      broken = false;
    }
    return connection;
  }

  @Override
  public void waitForLocks(TimeLimit limit) throws SQLException {
    file.waitForLocks(connection(), limit);
  }

  @Override
  public void transaction(Statements statements) throws SQLException {
    Connection current = connection();
    boolean done = false;
    try {
      current.setAutoCommit(false);
      statements.execute(current);
      current.setAutoCommit(true); // commits; commit() would also begin another transaction
      opened = opened.written();
      done = true;
    } finally {
      broken = !done;
      if (broken) {
        rollBackQuietly(current);
      }
    }
  }

  @Override
  public void change(ChangeStatements statements) throws SQLException {
    if (unsettled) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "stored state must be known before a write: " + file.place() + "; hint: try again");
    }
    flag();
    long id = Seals.randomId();
    boolean[] ready = {false};
    try {
      transaction(
          own -> {
            checkNobodyElseWrote();
            statements.execute(own, id);
            ready[0] = true;
          });
    } catch (SQLException e) {
      if (!ready[0] || !isStored(id, e)) {
        throw e;
      }
    }
    know(new SqlChange(known.databaseId(), known.generation() + 1, id));
  }

  /**
   * Sets the flag and copies it from the log into the file. If a reader prevents that, the next
   * change tries again. A database that is being created needs no flag.
   */
  private void flag() throws SQLException {
    if (flagged || mark.isEmpty()) {
      return;
    }
    if (!WriterFlag.isSet(connection())) {
      transaction(WriterFlag::set);
    }
    try {
      SqlDatabase.execute(connection, "PRAGMA wal_checkpoint(PASSIVE)");
    } catch (SQLException e) {
      // If the disk has failed, the change itself fails.
    }
    opened = opened.written();
    flagged = new MainFile(file).hasWriterFlag();
  }

  /**
   * Clears the flag. If that fails the flag stays set, and the mark shows that nothing is missing.
   */
  private void clearFlag() {
    try {
      if (mark.isPresent()
          && WriterFlag.isSet(connection())
          && SqlChange.last(connection).equals(known)) {
        connection.unwrap(SQLiteConnection.class).setBusyTimeout(CLOSING_MILLISECONDS);
        transaction(WriterFlag::clear);
      }
    } catch (SQLException | StoreException e) {
      // All acknowledged writes are on the disk.
    }
  }

  private void know(SqlChange stored) {
    known = stored;
    mark.ifPresent(one -> one.set(stored.generation()));
  }

  /** Throws if another process has written. The lock prevents that unless its file is removed. */
  private void checkNobodyElseWrote() throws SQLException {
    if (!SqlChange.last(connection).equals(known)) {
      unsettled = true;
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "only one process may write to a database, but another has: "
              + file.place()
              + "; hint: try again");
    }
  }

  /**
   * Returns whether a change is stored although its commit failed: some failures occur after the
   * commit.
   */
  private boolean isStored(long id, SQLException cause) {
    try {
      SqlChange last = SqlChange.last(connection());
      if (last.id() == id || last.equals(known)) {
        return last.id() == id;
      }
    } catch (SQLException | StoreException e) {
      cause.addSuppressed(e);
      broken = true;
    }
    unsettled = true;
    String rule = "it is not known whether the change is stored, because its commit failed";
    throw new StoreException(
        StoreException.Kind.OUTCOME_UNKNOWN, file.failure(rule, cause).getMessage(), cause);
  }

  @Override
  public boolean isUnsettled() {
    return unsettled;
  }

  @Override
  public void settle(Runnable reader) {
    try {
      connection();
      SqlChange found = SqlChange.last(connection);
      reader.run();
      know(found);
      unsettled = false;
    } catch (SQLException e) {
      broken = true;
      throw file.failure("database cannot be written to", e);
    }
  }

  private static void rollBackQuietly(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // SQLite has rolled back already, or does so when the connection is closed.
    }
  }

  @Override
  public void close() {
    clearFlag();
    SqlDatabase.closeQuietly(connection);
    mark.ifPresent(CommitMark::close);
    lock.ifPresent(WriterLock::close);
  }
}
