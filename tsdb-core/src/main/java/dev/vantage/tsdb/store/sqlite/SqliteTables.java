package dev.vantage.tsdb.store.sqlite;

import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.sql.SqlDatabase;
import dev.vantage.tsdb.store.sql.SqlSeals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Thread-safe. Recognises the tables of an SQLite file, creates and converts them. */
final class SqliteTables {
  private final SqliteFile file;

  SqliteTables(SqliteFile file) {
    this.file = file;
  }

  /** Returns whether the file holds a database of tsdb, closed properly or not. */
  boolean holdsDatabase() throws SQLException {
    if (!Files.exists(file.path()) || isEmpty()) {
      return false;
    }
    try (Connection connection = file.connections().openToRead()) {
      if (WriterFlag.isThere(connection)) {
        checkFormat(connection);
        checkEncoding(connection);
        return true;
      }
      if (SqlDatabase.number(connection, "SELECT count(*) FROM sqlite_schema") > 0) {
        throw new StoreException(
            StoreException.Kind.DAMAGED, "file must be a database of tsdb: " + file.place());
      }
      return false; // its creation was interrupted before the first commit
    }
  }

  private boolean isEmpty() {
    try {
      return Files.size(file.path()) == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void checkFormat(Connection connection) throws SQLException {
    int format = SqliteFormat.of(connection);
    if (format < 1 || format > SqliteFormat.LAST) {
      throw new StoreException(
          StoreException.Kind.INVALID_LOCATION,
          "database must be of a format from 1 to "
              + SqliteFormat.LAST
              + ": format="
              + format
              + ", "
              + file.place());
    }
  }

  /** Checks the encoding: ids are ordered by their bytes in UTF-8. */
  private void checkEncoding(Connection connection) throws SQLException {
    String encoding = SqlDatabase.text(connection, "PRAGMA encoding");
    if (!encoding.equals("UTF-8")) {
      throw new StoreException(
          StoreException.Kind.INVALID_LOCATION,
          "file must be encoded in UTF-8: encoding=" + encoding + ", " + file.place());
    }
  }

  /** Creates the tables in one transaction. */
  void create(Connection connection, Map<String, String> properties) throws SQLException {
    checkEncoding(connection);
    connection.setAutoCommit(false);
    SqliteFormat.convert(connection, 0);
    WriterFlag.clear(connection);
    SqlDatabase.addProperties(connection, properties);
    SqlSeals.make(file, connection);
    connection.commit();
    connection.setAutoCommit(true);
  }

  /** Converts a copy without a log to the current format, and clears its writer flag. */
  void completeCopy() throws SQLException {
    try (Connection connection = file.connections().openToCopy(ReadAccess.SHARED)) {
      migrate(connection);
      WriterFlag.clear(connection);
    }
  }

  /** Converts the tables of an older format to the current one, in one transaction. */
  void migrate(Connection connection) throws SQLException {
    int format = SqliteFormat.of(connection);
    if (format < SqliteFormat.LAST) {
      connection.setAutoCommit(false);
      SqliteFormat.convert(connection, format);
      if (format < SqliteFormat.SEALED) {
        SqlSeals.make(file, connection);
      } else {
        SqlSeals.addSeriesGeneration(file, connection);
      }
      connection.commit();
      connection.setAutoCommit(true);
    }
  }
}
