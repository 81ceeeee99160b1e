package dev.vantage.tsdb.store;

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
final class SqliteReaders implements AutoCloseable {
  private final SqliteFile file;
  private final int kept;
  private final Deque<SqliteReader> idle = new ArrayDeque<>();
  private boolean closed;

  SqliteReaders(SqliteFile file, int kept) {
    this.file = file;
    this.kept = kept;
  }

  /** Work on one connection. */
  interface Reading<T> {
    T read(SqliteReader reader) throws SQLException;
  }

  /** Reads on a connection that nobody else uses meanwhile. */
  <T> T read(String failure, Reading<T> reading) {
    try {
      SqliteReader reader = take();
      try {
        return reading.read(reader);
      } finally {
        giveBack(reader);
      }
    } catch (SQLException e) {
      throw file.failure(failure, e);
    }
  }

  private SqliteReader take() throws SQLException {
    for (Optional<SqliteReader> next = pop(); next.isPresent(); next = pop()) {
      if (!next.get().isOutdated()) {
        return next.get();
      }
      next.get().close();
    }
    return new SqliteReader(file, file.openToRead());
  }

  private Optional<SqliteReader> pop() {
    synchronized (idle) {
      return Optional.ofNullable(idle.poll());
    }
  }

  private void giveBack(SqliteReader reader) {
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
    List<SqliteReader> rest;
    synchronized (idle) {
      closed = true;
      rest = new ArrayList<>(idle);
      idle.clear();
    }
    rest.forEach(SqliteReader::close);
  }
}
