package dev.vantage.tsdb.store.sql;

import java.sql.SQLException;

/** The reading connections of a store. Thread-safe. */
public interface SqlReaders extends AutoCloseable {

  /** Work on one connection. */
  interface Reading<T> {
    T read(SqlReader reader) throws SQLException;
  }

  /**
   * Reads with exclusive use of a connection; may repeat the reading after a failure.
   *
   * @param failure the message of a failure
   */
  <T> T read(String failure, Reading<T> reading);

  /**
   * Reads once with exclusive use of a connection, for a reading with side effects.
   *
   * @param failure the message of a failure
   */
  <T> T readOnce(String failure, Reading<T> reading);

  @Override
  void close();
}
