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
 * The connection that writes to a file, and with it the right to write. After any failure the
 * connection is replaced: SQLite may have ended the transaction by itself, of which the driver
 * knows nothing. Not thread-safe, except for {@link #isUnsettled}.
 */
final class SqliteWriting implements SqlWriting {
  /** How long closing waits for locks of other programs. */
  private static final int CLOSING_MILLISECONDS = 1_000;

  private final SqliteFile file;
  private final Optional<CommitMark> mark;
  private final Optional<WriterLock> lock;
  private OpenedFiles opened;
  private Connection connection;
  private boolean broken;

  /** Whether the file itself says that it is open, so that a copy without the log is recognised. */
  private boolean flagged;

  /** The last change that the caller knows of. No other process can write. */
  private SqlChange known;

  private volatile boolean unsettled;

  /**
   * A connection that writes.
   *
   * @param mark is moved on with every change; empty in a database that is only being made
   * @param lock is released at the end; empty in a database that is only being made
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
      // The old one is closed last: whoever closes the last one removes the write-ahead log.
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
      current.setAutoCommit(true); // commits, where commit() would also begin another one
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
          "what is stored must be known before it is changed, try again: " + file.place());
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
   * Sets the flag, and brings it from the log into the file. A reader may hold that up: then the
   * next change tries again. A database that is only being made needs no flag.
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
      // The change itself fails where the disk does.
    }
    opened = opened.written();
    flagged = new MainFile(file).hasWriterFlag();
  }

  /**
   * Clears the flag. Where that fails the flag stays, and the mark says that nothing is missing.
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
      // Everything acknowledged is on the disk.
    }
  }

  private void know(SqlChange stored) {
    known = stored;
    mark.ifPresent(one -> one.set(stored.generation()));
  }

  /** The lock keeps others out, as long as nobody removes its file. */
  private void checkNobodyElseWrote() throws SQLException {
    if (!SqlChange.last(connection).equals(known)) {
      unsettled = true;
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "only one process may write to a database, but another has, try again: " + file.place());
    }
  }

  /** Whether a change is stored that could not be committed: some failures come after that. */
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
    String rule = "it is not known whether the change is stored, for committing it failed";
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
      // SQLite has rolled back by itself, or does so when the connection is closed.
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
