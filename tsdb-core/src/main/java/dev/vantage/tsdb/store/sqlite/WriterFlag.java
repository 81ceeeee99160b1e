package dev.vantage.tsdb.store.sqlite;

import dev.vantage.tsdb.store.sql.SqlDatabase;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The application id in the header of a file: it identifies a database of tsdb, and shows whether a
 * writer has the file open, so that changes may be in the log alone. Because the flag is in the
 * file itself, a copy of the file without the log has it too.
 *
 * <p>The writer sets the flag before its first change and clears it when it closes. After {@code
 * kill -9} the flag stays until the next writer closes.
 */
final class WriterFlag {
  /** "tsdb" in ASCII: the flag is clear. */
  private static final int CLEAR = 0x74736462;

  /** "tsdw" in ASCII: the flag is set. */
  private static final int SET = 0x74736477;

  private WriterFlag() {}

  /** Returns whether a file is a database of tsdb. */
  static boolean isThere(Connection connection) throws SQLException {
    long id = id(connection);
    return id == CLEAR || id == SET;
  }

  static boolean isSet(Connection connection) throws SQLException {
    return id(connection) == SET;
  }

  static void set(Connection connection) throws SQLException {
    write(connection, SET);
  }

  static void clear(Connection connection) throws SQLException {
    write(connection, CLEAR);
  }

  private static long id(Connection connection) throws SQLException {
    return SqlDatabase.number(connection, "PRAGMA application_id");
  }

  private static void write(Connection connection, int id) throws SQLException {
    SqlDatabase.execute(connection, "PRAGMA application_id = " + id);
  }
}
