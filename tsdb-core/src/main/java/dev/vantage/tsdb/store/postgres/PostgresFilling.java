package dev.vantage.tsdb.store.postgres;

import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.store.Seals;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.StoreSnapshot;
import dev.vantage.tsdb.store.sql.SqlReader;
import dev.vantage.tsdb.store.sql.SqlReaders;
import dev.vantage.tsdb.store.sql.SqlStore;
import dev.vantage.tsdb.store.sql.SqlWriting;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Optional;
import java.util.function.Function;

/**
 * A store within a transaction that the caller owns, checks and commits. A failed change leaves the
 * other changes of the transaction as they are. Not thread-safe.
 */
final class PostgresFilling extends SqlStore {
  private final PostgresDatabase database;
  private final Connection connection;

  PostgresFilling(PostgresDatabase database, Connection connection) {
    super(database, new Reading(database, connection), Optional.of(new Writing(connection)));
    this.database = database;
    this.connection = connection;
  }

  @Override
  public int format() {
    return PostgresStore.VERSION;
  }

  /** The transaction is a snapshot already; a nested transaction would end it. */
  @Override
  public <T> T read(Function<StoreSnapshot, T> reader) {
    return reader.apply(new SqlReader(database, connection));
  }

  @Override
  public Optional<SeriesEntry> get(String id) {
    return new SqlReader(database, connection).get(id);
  }

  @Override
  public void backup(Path file) {
    throw new StoreException(
        StoreException.Kind.FAILED, "a database must be committed before it is backed up");
  }

  private record Reading(PostgresDatabase database, Connection connection) implements SqlReaders {
    @Override
    public <T> T read(String failure, SqlReaders.Reading<T> reading) {
      return readOnce(failure, reading);
    }

    @Override
    public <T> T readOnce(String failure, SqlReaders.Reading<T> reading) {
      try {
        return reading.read(new SqlReader(database, connection));
      } catch (SQLException e) {
        throw database.failure(failure, e);
      }
    }

    @Override
    public void close() {
      // The connection belongs to the caller.
    }
  }

  private record Writing(Connection connection) implements SqlWriting {
    @Override
    public void transaction(Statements statements) throws SQLException {
      Savepoint before = connection.setSavepoint();
      try {
        statements.execute(connection);
        connection.releaseSavepoint(before);
      } catch (SQLException | RuntimeException e) {
        rollBack(before, e);
        throw e;
      }
    }

    private void rollBack(Savepoint before, Exception failure) {
      try {
        connection.rollback(before);
      } catch (SQLException e) {
        failure.addSuppressed(e);
      }
    }

    @Override
    public void change(ChangeStatements statements) throws SQLException {
      transaction(own -> statements.execute(own, Seals.randomId()));
    }

    @Override
    public void close() {
      // The connection belongs to the caller.
    }
  }
}
