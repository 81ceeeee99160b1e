package dev.vantage.tsdb.store.sqlite;

import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.TimeLimit;
import dev.vantage.tsdb.store.sql.SqlDatabase;
import dev.vantage.tsdb.store.sql.SqlDialect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteException;

/** Thread-safe. An SQLite file of tsdb: names it, and translates its errors. */
public final class SqliteFile implements SqlDatabase {
  private final Path file;
  private final SqliteConnections connections;

  public SqliteFile(Path file) {
    this.file = file;
    connections = new SqliteConnections(file);
  }

  public Path path() {
    return file;
  }

  SqliteConnections connections() {
    return connections;
  }

  @Override
  public String place() {
    return "file=" + file;
  }

  @Override
  public SqlDialect dialect() {
    return SqlDialect.SQLITE;
  }

  @Override
  public int rowsAtOnce() {
    return 0;
  }

  @Override
  public boolean waitsForConnections() {
    return false;
  }

  @Override
  public void waitForLocks(Connection connection, TimeLimit limit) throws SQLException {
    long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(limit.left()));
    connection
        .unwrap(SQLiteConnection.class)
        .setBusyTimeout((int) Math.min(SqliteConnections.BUSY_MILLISECONDS, left));
  }

  /**
   * Interrupts the running statement. SQLite checks for it between the steps of a statement, and
   * ignores it if no statement runs.
   */
  @Override
  public void interrupt(Connection connection) throws SQLException {
    connection.unwrap(SQLiteConnection.class).getDatabase().interrupt();
  }

  @Override
  public void abandon(Connection connection) throws SQLException {
    interrupt(connection);
  }

  @Override
  public boolean hasCheckpoints(Connection connection) throws SQLException {
    return SqliteFormat.of(connection) >= SqliteFormat.WITH_CHECKPOINTS;
  }

  @Override
  public List<String> check(Connection connection) throws SQLException {
    return SqliteIntegrity.problems(this, connection);
  }

  @Override
  public StoreException failure(String what, SQLException e) {
    StoreException.Kind kind = StoreException.Kind.FAILED;
    if (e instanceof SQLiteException sqlite) {
      // The low byte is the primary code; the other bytes refine it.
      int code = sqlite.getResultCode().code & 0xFF;
      kind = kind(code);
    }
    return new StoreException(kind, what + ": file=" + file + ", reason=" + e.getMessage(), e);
  }

  /**
   * Maps a primary code to a kind. A failed transaction leaves nothing behind, so failures that may
   * pass, by themselves or after an operator's repair, are UNAVAILABLE: the caller may try again.
   */
  private static StoreException.Kind kind(int code) {
    return switch (code) {
      case 5, 6 -> StoreException.Kind.UNAVAILABLE; // locked by another process
      case 7, 8, 10, 13 -> StoreException.Kind.UNAVAILABLE; // no memory, read-only, I/O, full
      // A file cannot be opened, or locked.
      case SqliteConnections.CANNOT_OPEN, 15 -> StoreException.Kind.UNAVAILABLE;
      case 11, 26 -> StoreException.Kind.DAMAGED;
      default -> StoreException.Kind.FAILED;
    };
  }
}
