package dev.vantage.tsdb.store.postgres;

import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Creates the database in a schema of PostgreSQL: in one transaction, by a session that holds the
 * writer's lock.
 */
final class PostgresMaking {
  private final PostgresDatabase database;

  PostgresMaking(PostgresDatabase database) {
    this.database = database;
  }

  /** Creates the database; the schema too, if it does not exist. */
  void make(SortedMap<String, String> properties, Consumer<Store> filling) {
    try (PostgresSession session = PostgresSession.openPatiently(database)) {
      Connection connection = session.connection();
      connection.setAutoCommit(false);
      try {
        fill(connection, properties, filling);
      } catch (SQLException | RuntimeException e) {
        rollBack(connection, e);
        throw e;
      }
      commit(connection);
    } catch (SQLException e) {
      throw database.failure("database cannot be made", e);
    }
  }

  private void fill(
      Connection connection, SortedMap<String, String> properties, Consumer<Store> filling)
      throws SQLException {
    if (database.isThere(connection)) {
      throw new StoreException(
          StoreException.Kind.INVALID_LOCATION,
          "schema must not hold a database: " + database.place());
    }
    database.makeWithin(connection, properties);
    try (Store store = new PostgresFilling(database, connection)) {
      filling.accept(store);
    }
  }

  private static void rollBack(Connection connection, Exception failure) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      failure.addSuppressed(e); // uncommitted changes end with the session
    }
  }

  private void commit(Connection connection) {
    try {
      connection.commit();
    } catch (SQLException e) {
      String rule =
          PostgresDatabase.isLost(e)
              ? "it is not known whether the database is made, because the connection was lost while it"
                  + " was being committed"
              : "database cannot be made";
      throw database.failure(rule, e);
    }
  }
}
