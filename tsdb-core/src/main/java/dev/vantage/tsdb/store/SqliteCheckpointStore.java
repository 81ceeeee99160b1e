package dev.vantage.tsdb.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The checkpoint of one file, and all changes of that file, which must know of it: the one place
 * that uses the writing connection. Thread-safe.
 */
final class SqliteCheckpointStore implements CheckpointStore {
  private final SqliteFile file;
  private final SqliteReaders readers;
  private final Optional<Connection> writing;
  private final Object writeLock = new Object();

  /** Guarded by the lock: the generation of a checkpoint that is there or being written. */
  private Optional<Long> known;

  SqliteCheckpointStore(SqliteFile file, SqliteReaders readers, Optional<Connection> writing)
      throws SQLException {
    this.file = file;
    this.readers = readers;
    this.writing = writing;
    known =
        writing.isPresent()
            ? SqliteCheckpoints.find(writing.get()).map(Checkpoint::generation)
            : Optional.empty();
  }

  private Connection writing() {
    return writing.orElseThrow(() -> new IllegalStateException("store is open for reading only"));
  }

  void apply(Change change) throws SQLException {
    synchronized (writeLock) {
      new SqliteWriter(writing()).apply(change, known.isPresent());
      if (change.vantagePoints().isPresent()) {
        known = Optional.empty();
      }
    }
  }

  @Override
  public byte[] read(Checkpoint checkpoint, String column, int part) {
    return readers
        .read("checkpoint cannot be read", own -> own.part(checkpoint, column, part))
        .orElseThrow(
            () ->
                new StoreException(
                    StoreException.Kind.DAMAGED,
                    "checkpoint must be as it was written: column="
                        + column
                        + ", part="
                        + part
                        + ", file="
                        + file.path()));
  }

  @Override
  public Writer write(Checkpoint checkpoint) {
    synchronized (writeLock) {
      transaction(() -> SqliteCheckpoints.drop(writing()));
      known = Optional.of(checkpoint.generation());
    }
    return new SqliteCheckpointWriter(checkpoint);
  }

  private void transaction(SqliteWriter.Statements statements) {
    try {
      new SqliteWriter(writing()).inTransaction(statements);
    } catch (SQLException e) {
      throw file.failure("checkpoint cannot be written", e);
    }
  }

  private final class SqliteCheckpointWriter implements Writer {
    private final Checkpoint checkpoint;

    SqliteCheckpointWriter(Checkpoint checkpoint) {
      this.checkpoint = checkpoint;
    }

    @Override
    public boolean write(String column, int part, byte[] content) {
      return writeIfKnown(
          () -> SqliteCheckpoints.addPart(writing(), checkpoint, column, part, content));
    }

    @Override
    public boolean finish() {
      return writeIfKnown(() -> SqliteCheckpoints.finish(writing(), checkpoint));
    }

    private boolean writeIfKnown(SqliteWriter.Statements statements) {
      synchronized (writeLock) {
        if (!known.equals(Optional.of(checkpoint.generation()))) {
          return false;
        }
        transaction(statements);
        return true;
      }
    }
  }
}
