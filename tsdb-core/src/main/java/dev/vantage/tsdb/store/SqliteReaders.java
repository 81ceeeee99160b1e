package dev.vantage.tsdb.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Connections that read, one for each thread that reads just now: nobody waits for another. Some
 * stay open for the next ones. Thread-safe.
 */
final class SqliteReaders implements SqlReaders {
  private final SqliteFile file;
  private final int kept;
  private final Deque<Idle> idle = new ArrayDeque<>();
  private boolean closed;

  SqliteReaders(SqliteFile file, int kept) {
    this.file = file;
    this.kept = kept;
  }

  @Override
  public <T> T readOnce(String failure, Reading<T> reading) {
    return read(failure, reading);
  }

  @Override
  public <T> T read(String failure, Reading<T> reading) {
    try {
      Idle taken = take();
      boolean sound = false;
      try {
        T result = reading.read(taken.reader());
        sound = taken.isSound();
        return result;
      } finally {
        // After a failure SQLite may have ended a transaction that the driver still believes in.
        if (sound) {
          giveBack(taken);
        } else {
          taken.close();
        }
      }
    } catch (SQLException e) {
      throw file.failure(failure, e);
    }
  }

  private Idle take() throws SQLException {
    for (Optional<Idle> next = pop(); next.isPresent(); next = pop()) {
      if (!next.get().isOutdated()) {
        return next.get();
      }
      next.get().close();
    }
    Connection connection = file.openToRead();
    return new Idle(connection, SqliteFormat.of(connection), new SqlReader(file, connection));
  }

  private Optional<Idle> pop() {
    synchronized (idle) {
      return Optional.ofNullable(idle.poll());
    }
  }

  private void giveBack(Idle reader) {
    synchronized (idle) {
      if (!closed && idle.size() < kept) {
        idle.push(reader);
        return;
      }
    }
    reader.close();
  }

  @Override
  public void close() {
    List<Idle> rest;
    synchronized (idle) {
      closed = true;
      rest = new ArrayList<>(idle);
      idle.clear();
    }
    rest.forEach(Idle::close);
  }

  /** A connection to a file that was of some format when it was opened. */
  private record Idle(Connection connection, int format, SqlReader reader) {

    /** Whether the file has been brought to another format since, which this cannot read. */
    boolean isOutdated() throws SQLException {
      return format < SqliteFormat.LAST && SqliteFormat.of(connection) != format;
    }

    /** Whether the connection is as it was opened. */
    boolean isSound() throws SQLException {
      return connection.getAutoCommit();
    }

    void close() {
      try {
        connection.close();
      } catch (SQLException e) {
        // It only read; what it holds open goes with the process.
      }
    }
  }
}
