package dev.vantage.tsdb.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The checkpoint of one file, and all changes of that file, which must know of it: the one place
 * that uses the writing connection. Thread-safe.
 */
final class SqliteCheckpointStore implements CheckpointStore {
  /** About so many bytes of a checkpoint are written in one transaction. */
  private static final int TRANSACTION_BYTES = 1 << 23;

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

  private record Part(String column, int number, byte[] content) {}

  /** Gathers small parts, for each transaction waits for the disk. */
  private final class SqliteCheckpointWriter implements Writer {
    private final Checkpoint checkpoint;
    private final List<Part> gathered = new ArrayList<>();
    private long gatheredBytes;

    SqliteCheckpointWriter(Checkpoint checkpoint) {
      this.checkpoint = checkpoint;
    }

    @Override
    public boolean write(String column, int part, byte[] content) {
      gathered.add(new Part(column, part, content));
      gatheredBytes += content.length;
      return gatheredBytes < TRANSACTION_BYTES || writeIfKnown(() -> {});
    }

    @Override
    public boolean finish() {
      return writeIfKnown(() -> SqliteCheckpoints.finish(writing(), checkpoint));
    }

    /** Writes what is gathered, and more. */
    private boolean writeIfKnown(SqliteWriter.Statements more) {
      synchronized (writeLock) {
        if (!known.equals(Optional.of(checkpoint.generation()))) {
          return false;
        }
        transaction(
            () -> {
              for (Part part : gathered) {
                SqliteCheckpoints.addPart(
                    writing(), checkpoint, part.column(), part.number(), part.content());
              }
              more.execute();
            });
      }
      gathered.clear();
      gatheredBytes = 0;
      return true;
    }
  }
}
