package dev.vantage.tsdb.store.sql;

import java.sql.SQLException;

/** Connections that read. Thread-safe. */
public interface SqlReaders extends AutoCloseable {

  /** Work on one connection. */
  interface Reading<T> {
    T read(SqlReader reader) throws SQLException;
  }

  /**
   * Reads on a connection that nobody else uses meanwhile; perhaps more than once.
   *
   * @param failure what it means if that fails
   */
  <T> T read(String failure, Reading<T> reading);

  /**
   * Reads on a connection that nobody else uses meanwhile, and does so once, because what is read
   * is taken in as it comes.
   *
   * @param failure what it means if that fails
   */
  <T> T readOnce(String failure, Reading<T> reading);

  @Override
  void close();
}
