package dev.vantage.tsdb.store.sqlite;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.sql.SqlDatabase;
import dev.vantage.tsdb.store.sql.SqlReader;
import dev.vantage.tsdb.store.sql.SqlReaders;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Connections that read, one per reading thread, so no reader waits for another. Some idle
 * connections stay open for reuse. All connections read one file: if another file takes its name,
 * no further connection is opened. Thread-safe.
 */
final class SqliteReaders implements SqlReaders {
  private final SqliteFile file;
  private final int kept;
  private final boolean besideWriter;
  private final Deque<Idle> idle = new ArrayDeque<>();

  /** The file that all connections read. */
  @GuardedBy("idle")
  private Optional<Opened> opened = Optional.empty();

  @GuardedBy("idle")
  private boolean closed;

  /**
   * Creates the connections to a file.
   *
   * @param kept the number of idle connections that stay open
   * @param besideWriter whether this process writes to the file; then open connections remain in
   *     use after it has been replaced, because no other process can have changed it
   */
  SqliteReaders(SqliteFile file, int kept, boolean besideWriter) {
    this.file = file;
    this.kept = kept;
    this.besideWriter = besideWriter;
  }

  /** Work on a connection of its own, which copies the database. */
  interface Copying {
    void copy(Connection connection) throws SQLException;
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
        T result = confirmed(taken.file(), () -> reading.read(taken.reader()));
        sound = taken.isSound();
        return result;
      } finally {
        // After a failure SQLite may have ended a transaction without the driver's knowledge.
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

  /** Runs work on a connection that may write a copy to another file. */
  void copy(Copying copying) throws SQLException {
    ReadFile now = current().file();
    try (Connection connection = file.connections().openToCopy(now.access())) {
      now.checkIsThere();
      confirmed(
          now,
          () -> {
            copying.copy(connection);
            return true;
          });
    }
  }

  private interface Work<T> {
    T run() throws SQLException;
  }

  /**
   * Reads, and discards the result if the file has changed meanwhile, even if the result is a
   * failure.
   */
  private static <T> T confirmed(ReadFile read, Work<T> work) throws SQLException {
    try {
      T result = work.run();
      confirm(read);
      return result;
    } catch (SQLException | RuntimeException e) {
      confirm(read);
      throw e;
    }
  }

  private static void confirm(ReadFile read) {
    if (!read.isUnchanged()) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "database was opened for writing while it was read: file="
              + read.path()
              + "; hint: try again");
    }
  }

  private Idle take() throws SQLException {
    Opened now = current();
    for (Optional<Idle> next = pop(); next.isPresent(); next = pop()) {
      if (next.get().file().equals(now.file()) && !next.get().isOutdated()) {
        return next.get();
      }
      next.get().close();
    }
    Connection connection = file.connections().openToRead(now.file().access());
    try {
      now.file().checkIsThere();
      Optional<Runnable> confirmation =
          now.file().access() == ReadAccess.UNCHANGING
              ? Optional.of(() -> confirm(now.file()))
              : Optional.empty();
      SqlReader reader = new SqlReader(file, connection, confirmation);
      return new Idle(now.file(), connection, SqliteFormat.of(connection), reader);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Returns the file to read, which must be the opened one. */
  private Opened current() throws SQLException {
    Optional<Opened> now;
    synchronized (idle) {
      if (closed) {
        throw new StoreException(
            StoreException.Kind.UNAVAILABLE, "database must be open: it has been closed");
      }
      now = opened;
    }
    if (now.isPresent()) {
      if (!besideWriter) {
        now.get().file().checkIsThere();
      }
      boolean isSame = besideWriter || !now.get().file().mayBeOverwritten();
      return isSame && now.get().file().isUnchanged() ? now.get() : openAgain(now.get());
    }
    Opened first = open(ReadFile.of(file));
    synchronized (idle) {
      if (opened.isEmpty() && !closed) {
        opened = Optional.of(first);
        return first;
      }
    }
    first.close();
    return current();
  }

  /**
   * Opens the file again after it was written to, by a writer or by a program that copied another
   * database over it.
   */
  private Opened openAgain(Opened last) throws SQLException {
    Opened next = open(ReadFile.of(file));
    try {
      last.file().checkIsThere();
      new MainFile(file).checkIsOf(CommitMark.State.of(next.anchor()).database());
    } catch (SQLException | RuntimeException e) {
      next.close();
      throw e;
    }
    synchronized (idle) {
      if (opened.equals(Optional.of(last)) && !closed) {
        opened = Optional.of(next);
        last.close();
        return next;
      }
    }
    next.close();
    return current();
  }

  private Opened open(ReadFile found) throws SQLException {
    try {
      return openAs(found);
    } catch (SQLException e) {
      return openAs(
          found.with(file.connections().accessWithoutRoom(found.access(), e).orElseThrow(() -> e)));
    }
  }

  private Opened openAs(ReadFile found) throws SQLException {
    Opened now = new Opened(found, file.connections().openToRead(found.access()));
    try {
      found.checkIsThere();
      return now;
    } catch (StoreException e) {
      now.close();
      throw e;
    }
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
      opened.ifPresent(Opened::close);
      opened = Optional.empty();
    }
    rest.forEach(Idle::close);
  }

  /**
   * The opened file.
   *
   * @param anchor an unused connection: while it is open, no other file can get the key of this one
   */
  private record Opened(ReadFile file, Connection anchor) {
    void close() {
      SqlDatabase.closeQuietly(anchor);
    }
  }

  /** An idle connection, with the format that the file had when the connection was opened. */
  private record Idle(ReadFile file, Connection connection, int format, SqlReader reader) {

    /**
     * Returns whether the file has been converted to another format since, which the connection
     * cannot read.
     */
    boolean isOutdated() throws SQLException {
      return format < SqliteFormat.LAST && SqliteFormat.of(connection) != format;
    }

    /** Returns whether the connection is in its initial state. */
    boolean isSound() throws SQLException {
      return connection.getAutoCommit();
    }

    void close() {
      SqlDatabase.closeQuietly(connection);
    }
  }
}
