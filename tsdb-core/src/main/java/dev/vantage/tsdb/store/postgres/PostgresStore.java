package dev.vantage.tsdb.store.postgres;

import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.StoreSnapshot;
import dev.vantage.tsdb.store.sql.SqlStore;
import dev.vantage.tsdb.store.sql.SqlWriting;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Keeps series in a schema of PostgreSQL, which several processes may share: one that writes, which
 * has an advisory lock as long as its connection lives, and any number that read. Thread-safe.
 *
 * <p>While PostgreSQL cannot be reached, every method throws a {@link StoreException} of the kind
 * UNAVAILABLE, at the latest after some seconds; once it is back, they work again.
 */
public final class PostgresStore extends SqlStore {
  /** The version of the tables. */
  public static final int VERSION = PostgresDatabase.VERSION;

  private final PostgresDatabase database;
  private final PostgresReaders readers;
  private final Optional<PostgresWriting> writing;

  private PostgresStore(
      PostgresDatabase database, PostgresReaders readers, Optional<PostgresWriting> writing) {
    super(database, readers, writing.map(SqlWriting.class::cast));
    this.database = database;
    this.readers = readers;
    this.writing = writing;
  }

  /**
   * Says whether a location of a database is an address in PostgreSQL.
   *
   * @param location the location
   * @return whether it begins like one
   */
  public static boolean isAddress(String location) {
    return PostgresAddress.isOne(location);
  }

  /**
   * Makes an address fit to be shown.
   *
   * @param address the address
   * @return the same place, without user, password and parameters but the schema
   */
  public static String shown(String address) {
    return PostgresAddress.parse(address).shownWithSchema();
  }

  /**
   * Says whether a schema holds a database.
   *
   * @param address {@code postgresql://user:password@host:port/database?parameters}, or the same
   *     after {@code jdbc:}; the schema is {@code tsdb} unless {@code currentSchema} names another
   * @return whether it does
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
   * Opens the database in a schema for writing, and makes it if there is none.
   *
   * @param address as in {@link #exists}
   * @param properties what a new database is made with
   * @return the store
   */
  public static PostgresStore openToWrite(String address, SortedMap<String, String> properties) {
    PostgresDatabase database =
        new PostgresDatabase(PostgresAddress.parse(address), System::nanoTime);
    PostgresSession session = null;
    try {
      session = PostgresSession.openPatiently(database);
      database.make(session.connection(), properties);
      PostgresWriting writing = new PostgresWriting(database, session);
      return new PostgresStore(database, new PostgresReaders(database), Optional.of(writing));
    } catch (SQLException | RuntimeException e) {
      if (session != null) {
        session.close();
      }
      throw e instanceof SQLException sql
          ? database.failure("database cannot be opened", sql)
          : (RuntimeException) e;
    }
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
  public boolean isUnsettled() {
    return writing.isPresent() && writing.get().isUnsettled();
  }

  @Override
  public void settle(Consumer<StoreSnapshot> reader) {
    exclusively(
        () ->
            writing
                .orElseThrow(() -> new IllegalStateException("store is open for reading only"))
                .settle(
                    () ->
                        read(
                            snapshot -> {
                              reader.accept(snapshot);
                              return true;
                            })));
  }

  @Override
  public void backup(Path file) {
    throw new StoreException(
        StoreException.Kind.INVALID_LOCATION,
        "only a database in a directory can be backed up to a file, one in PostgreSQL is saved by"
            + " pg_dump or tsdb export: "
            + database.place());
  }
}
