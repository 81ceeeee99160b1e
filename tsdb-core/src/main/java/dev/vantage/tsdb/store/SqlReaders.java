package dev.vantage.tsdb.store;

import java.sql.SQLException;

/** Connections that read. Thread-safe. */
interface SqlReaders extends AutoCloseable {

  /** Work on one connection. */
  interface Reading<T> {
    T read(SqlReader reader) throws SQLException;
  }

  /**
   * Reads on a connection that nobody else uses meanwhile.
   *
   * @param failure what it means if that fails
   */
  <T> T read(String failure, Reading<T> reading);

  @Override
  void close();
}
