package dev.vantage.tsdb.store.postgres;

import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.sql.SqlStore;
import dev.vantage.tsdb.store.sql.SqlWriting;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Keeps series in a schema of PostgreSQL. Thread-safe. Several processes may share it: one writer,
 * which holds an advisory lock of its session, and any number of readers.
 *
 * <p>While PostgreSQL cannot be reached, every method throws a {@link StoreException} of the kind
 * UNAVAILABLE, at the latest after some seconds. The methods work again as soon as PostgreSQL does.
 */
public final class PostgresStore extends SqlStore {
  /** The version of the tables. */
  public static final int VERSION = PostgresDatabase.VERSION;

  private final PostgresDatabase database;
  private final PostgresReaders readers;

  private PostgresStore(
      PostgresDatabase database, PostgresReaders readers, Optional<PostgresWriting> writing) {
    super(database, readers, writing.map(SqlWriting.class::cast));
    this.database = database;
    this.readers = readers;
  }

  /**
   * Returns whether a location is an address of PostgreSQL.
   *
   * @param location the location
   * @return whether the location begins like such an address
   */
  public static boolean isAddress(String location) {
    return PostgresAddress.isOne(location);
  }

  /**
   * Removes the secrets of an address.
   *
   * @param address the address
   * @return the address without user, password and parameters, except the schema
   */
  public static String shown(String address) {
    return PostgresAddress.parse(address).shownWithSchema();
  }

  /**
   * Returns whether a schema holds a database.
   *
   * @param address {@code postgresql://user:password@host:port/database?parameters}, or the same
   *     after {@code jdbc:}; the schema is {@code tsdb} unless {@code currentSchema} names another
   * @return whether a database exists
   */
  public static boolean exists(String address) {
    PostgresDatabase database =
        new PostgresDatabase(PostgresAddress.parse(address), System::nanoTime);
    try (Connection connection = database.address().connect()) {
      return database.isThere(connection);
    } catch (SQLException e) {
      throw database.failure("database cannot be read", e);
    }
  }

  /**
   * Opens the database in a schema for writing, and creates it if it does not exist.
   *
   * @param address as in {@link #exists}
   * @param properties the properties of a new database
   * @return the store
   */
  public static PostgresStore openToWrite(String address, SortedMap<String, String> properties) {
    PostgresDatabase database =
        new PostgresDatabase(PostgresAddress.parse(address), System::nanoTime);
    try {
      PostgresSession session = PostgresSession.openPatiently(database);
      try {
        database.make(session.connection(), properties);
        PostgresWriting writing = new PostgresWriting(database, session);
        return new PostgresStore(database, new PostgresReaders(database), Optional.of(writing));
      } catch (SQLException | RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (SQLException e) {
      throw database.failure("database cannot be opened", e);
    }
  }

  /**
   * Creates a database in one transaction, while holding the writer's lock.
   *
   * @param address as in {@link #exists}; the schema is made if it does not exist
   * @param properties the properties of the database
   * @param filling fills it, by changes
   * @throws StoreException if the schema holds a database, or PostgreSQL fails; then no database
   *     exists there, unless the connection was lost at the commit
   */
  public static void make(
      String address, SortedMap<String, String> properties, Consumer<Store> filling) {
    new PostgresMaking(new PostgresDatabase(PostgresAddress.parse(address), System::nanoTime))
        .make(properties, filling);
  }

  /**
   * Opens the database in a schema for reading, beside any writer.
   *
   * @param address as in {@link #exists}; the schema must hold a database
   * @return the store
   */
  public static PostgresStore openToRead(String address) {
    PostgresDatabase database =
        new PostgresDatabase(PostgresAddress.parse(address), System::nanoTime);
    try (Connection connection = database.address().connect()) {
      if (!database.isThere(connection)) {
        throw new StoreException(
            StoreException.Kind.INVALID_LOCATION,
            "schema must hold a database: " + database.place());
      }
      database.checkVersion(connection);
      return new PostgresStore(database, new PostgresReaders(database), Optional.empty());
    } catch (SQLException e) {
      throw database.failure("database cannot be opened", e);
    }
  }

  @Override
  public int format() {
    return VERSION;
  }

  @Override
  public boolean acceptsWrites() {
    return readers.read(
        "state of PostgreSQL cannot be read",
        reader -> PostgresDatabase.acceptsWrites(reader.connection()));
  }

  @Override
  public void backup(Path file) {
    throw new StoreException(
        StoreException.Kind.INVALID_LOCATION,
        "only a database in a directory can be backed up to a file: "
            + database.place()
            + "; hint: use pg_dump or 'tsdb export'");
  }
}
