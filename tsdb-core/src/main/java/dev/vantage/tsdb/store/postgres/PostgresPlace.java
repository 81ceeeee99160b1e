package dev.vantage.tsdb.store.postgres;

import dev.vantage.tsdb.store.EmptyPlace;
import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * A schema of PostgreSQL in which a store can be created. The store is created and filled in one
 * transaction, by a session that holds the writer's lock.
 */
public final class PostgresPlace implements EmptyPlace {
  private final PostgresDatabase database;

  /**
   * Creates the place.
   *
   * @param address as in {@link PostgresStore#exists}; the schema is made if it does not exist
   */
  public PostgresPlace(String address) {
    database = new PostgresDatabase(PostgresAddress.parse(address));
  }

  @Override
  public void make(SortedMap<String, String> properties, Consumer<Store> filling) {
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
