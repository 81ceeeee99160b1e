package dev.vantage.tsdb.store.sql;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.vantage.tsdb.store.Change;
import dev.vantage.tsdb.store.Checkpoint;
import dev.vantage.tsdb.store.CheckpointStore;
import dev.vantage.tsdb.store.Revision;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.TimeLimit;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the checkpoint of one database and applies all changes, which must take the checkpoint into
 * account. Only this class uses the writing connection. Thread-safe.
 */
final class SqlCheckpointStore implements CheckpointStore {
  /** The approximate bytes of a checkpoint that one transaction writes. */
  private static final int TRANSACTION_BYTES = 1 << 23;

  private final SqlDatabase database;
  private final SqlReaders readers;
  private final Optional<SqlWriting> writing;
  private final Interrupter interrupter;
  private final Object writeLock = new Object();

  /** The generation of the checkpoint that is stored or being written. */
  @GuardedBy("writeLock")
  private Optional<Long> known = Optional.empty();

  /** The connection on which {@link #known} was read. */
  @GuardedBy("writeLock")
  private Optional<Connection> seen = Optional.empty();

  /** The state after the current change. */
  @GuardedBy("writeLock")
  private Optional<Revision> next = Optional.empty();

  private volatile Optional<Revision> applied = Optional.empty();

  SqlCheckpointStore(
      SqlDatabase database,
      SqlReaders readers,
      Optional<SqlWriting> writing,
      Interrupter interrupter) {
    this.database = database;
    this.interrupter = interrupter;
    this.readers = readers;
    this.writing = writing;
  }

  /**
   * Reads the generation of the checkpoint again after a reconnect: another process may have
   * dropped or written one.
   */
  @GuardedBy("writeLock")
  private void look(Connection connection) throws SQLException {
    if (!seen.equals(Optional.of(connection))) {
      known = SqlCheckpoints.find(connection).map(Checkpoint::generation);
      seen = Optional.of(connection);
    }
  }

  @GuardedBy("writeLock")
  private void look() {
    try {
      look(writing().connection());
    } catch (SQLException e) {
      throw database.failure("checkpoint cannot be read", e);
    }
  }

  /** Determines what is stored after a failure, while nothing else is written. */
  void settle(Runnable reader) {
    synchronized (writeLock) {
      writing().settle(reader);
    }
  }

  private SqlWriting writing() {
    return writing.orElseThrow(() -> new IllegalStateException("store is open for reading only"));
  }

  void apply(Change change, TimeLimit limit) {
    synchronized (writeLock) {
      try {
        change(change, limit);
      } catch (StoreException e) {
        throw interrupter.failure(limit, e);
      }
      applied = next;
      if (change.vantagePoints().isPresent()) {
        known = Optional.empty();
      }
    }
  }

  /** Applies a change. The commit is not watched, because it must not be interrupted. */
  @GuardedBy("writeLock")
  @SuppressWarnings("GuardedBy") // the lambda runs before this returns, so under the lock
  private void change(Change change, TimeLimit limit) {
    try (Interrupter.Watch watch = interrupter.writing(limit)) {
      writing().waitForLocks(limit);
      writing()
          .change(
              (connection, id) -> next = watch.on(connection, () -> apply(connection, change, id)));
    } catch (SQLException e) {
      throw database.failure("change cannot be stored", e);
    }
  }

  @GuardedBy("writeLock")
  private Optional<Revision> apply(Connection connection, Change change, long id)
      throws SQLException {
    look(connection);
    return Optional.of(new SqlWriter(database, connection).apply(change, known, id));
  }

  /** Returns the state after the last change that was applied here. */
  Revision applied() {
    return applied.orElseThrow(() -> new IllegalStateException("no change has been applied yet"));
  }

  @Override
  public byte[] read(Checkpoint checkpoint, String column, int part) {
    return readers
        .read("checkpoint cannot be read", own -> own.part(checkpoint, column, part))
        .orElseThrow(
            () ->
                database.damaged(
                    "checkpoint must match its checksum: column=" + column + ", part=" + part));
  }

  @Override
  public Writer write(Checkpoint checkpoint) {
    synchronized (writeLock) {
      look();
      transaction(SqlCheckpoints::drop);
      known = Optional.of(checkpoint.generation());
    }
    return new SqlCheckpointWriter(checkpoint);
  }

  private void transaction(SqlWriting.Statements statements) {
    try {
      writing().waitForLocks(TimeLimit.NONE);
      writing().transaction(statements);
    } catch (SQLException e) {
      throw database.failure("checkpoint cannot be written", e);
    }
  }

  private record Part(String column, int number, byte[] content) {}

  /** Gathers small parts into one transaction, because each transaction waits for the disk. */
  private final class SqlCheckpointWriter implements Writer {
    private final Checkpoint checkpoint;
    private final List<Part> gathered = new ArrayList<>();
    private long gatheredBytes;

    SqlCheckpointWriter(Checkpoint checkpoint) {
      this.checkpoint = checkpoint;
    }

    @Override
    public boolean write(String column, int part, byte[] content) {
      gathered.add(new Part(column, part, content));
      gatheredBytes += content.length;
      return gatheredBytes < TRANSACTION_BYTES || writeIfKnown(connection -> {});
    }

    @Override
    public boolean finish() {
      return writeIfKnown(connection -> SqlCheckpoints.finish(connection, checkpoint));
    }

    /** Writes the gathered parts and some more statements. */
    private boolean writeIfKnown(SqlWriting.Statements more) {
      synchronized (writeLock) {
        look();
        if (!known.equals(Optional.of(checkpoint.generation()))) {
          return false;
        }
        transaction(
            connection -> {
              for (Part part : gathered) {
                SqlCheckpoints.addPart(
                    connection, checkpoint, part.column(), part.number(), part.content());
              }
              more.execute(connection);
            });
      }
      gathered.clear();
      gatheredBytes = 0;
      return true;
    }
  }
}
