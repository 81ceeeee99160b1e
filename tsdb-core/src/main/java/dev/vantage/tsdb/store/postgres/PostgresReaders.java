package dev.vantage.tsdb.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.sql.SqlReader;
import dev.vantage.tsdb.store.sql.SqlReaders;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A pool of connections that read. A lost connection is replaced on its next use. While no
 * connection can be made, callers wait briefly and fail. Thread-safe.
 */
final class PostgresReaders implements SqlReaders {
  private static final int MOST_CONNECTIONS = 32;
  private static final long WAITING_MILLISECONDS = 3000;

  /** The time that closing waits for a connection attempt. */
  private static final int SHUTDOWN_SECONDS = 5;

  private static final int VALIDATION_SECONDS = 1;

  private final PostgresDatabase database;
  private final HikariDataSource pool;

  /** Connects at once, and fails if that fails. */
  PostgresReaders(PostgresDatabase database) {
    this.database = database;
    HikariConfig config = new HikariConfig();
    config.setPoolName("tsdb-" + database.address().schema());
    config.setDataSource(new Connections(database.address()));
    config.setMaximumPoolSize(
        Math.min(MOST_CONNECTIONS, 4 + 2 * Runtime.getRuntime().availableProcessors()));
    config.setMinimumIdle(1);
    config.setConnectionTimeout(WAITING_MILLISECONDS);
    config.setValidationTimeout(1000L * VALIDATION_SECONDS);
    config.setInitializationFailTimeout(-1);
    config.setReadOnly(true);
    config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    pool = new HikariDataSource(config);
  }

  /** Reads once more if the pooled connection was lost. */
  @Override
  public <T> T read(String failure, Reading<T> reading) {
    try (Connection connection = pool.getConnection()) {
      return reading.read(new SqlReader(database, connection));
    } catch (SQLTransientConnectionException e) {
      return readApart(failure, reading);
    } catch (SQLException e) {
      if (!PostgresDatabase.isLost(e)) {
        throw database.failure(failure, e);
      }
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.UNAVAILABLE) {
        throw e;
      }
    }
    return readOnce(failure, reading);
  }

  @Override
  public <T> T readOnce(String failure, Reading<T> reading) {
    try (Connection connection = living()) {
      return reading.read(new SqlReader(database, connection));
    } catch (SQLTransientConnectionException e) {
      return readApart(failure, reading);
    } catch (SQLException e) {
      throw database.failure(failure, e);
    }
  }

  /**
   * Reads on a connection outside the pool. During an outage the pool tries to connect less and
   * less often, so it may not have noticed yet that the outage is over.
   */
  private <T> T readApart(String failure, Reading<T> reading) {
    try (Connection connection = database.address().connectToRead()) {
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      return reading.read(new SqlReader(database, connection));
    } catch (SQLException e) {
      throw database.failure(failure, e);
    }
  }

  /**
   * Returns a working connection. Evicts at most as many dead ones as the pool holds; if all were
   * dead, the last one is not tested.
   */
  private Connection living() throws SQLException {
    Connection connection = pool.getConnection();
    for (int dead = 0; dead < pool.getMaximumPoolSize() && !isAlive(connection); dead++) {
      pool.evictConnection(connection);
      connection = pool.getConnection();
    }
    return connection;
  }

  private static boolean isAlive(Connection connection) throws SQLException {
    return connection.isValid(VALIDATION_SECONDS);
  }

  @Override
  public void close() {
    pool.close();
  }

  /** Opens connections to one address without exposing its password. */
  private static final class Connections implements DataSource {
    private final PostgresAddress address;

    Connections(PostgresAddress address) {
      this.address = address;
    }

    @Override
    public Connection getConnection() throws SQLException {
      return address.connectToRead();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      throw new SQLFeatureNotSupportedException("the account is that of the address");
    }

    @Override
    public PrintWriter getLogWriter() {
      return new PrintWriter(PrintWriter.nullWriter());
    }

    @Override
    public void setLogWriter(PrintWriter out) {
      // No log is written.
    }

    @Override
    public int getLoginTimeout() {
      return SHUTDOWN_SECONDS;
    }

    @Override
    public void setLoginTimeout(int seconds) {
      // The address sets the timeouts.
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLException("nothing is wrapped");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }

    @Override
    public String toString() {
      return address.toString();
    }
  }
}
