package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.InvalidLocationException;
import dev.vantage.tsdb.store.EmptyPlace;
import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.postgres.PostgresPlace;
import dev.vantage.tsdb.store.postgres.PostgresStore;
import java.nio.file.Path;
import java.util.SortedMap;

/**
 * A schema in PostgreSQL.
 *
 * @param address the connection address, which may hold a password
 * @param shown the address without user, password and parameters
 */
record PostgresLocation(String address, String shown) implements Location {
  @Override
  public String kind() {
    return "schema";
  }

  @Override
  public boolean exists() {
    return PostgresStore.exists(address);
  }

  @Override
  public Store openToWrite(SortedMap<String, String> properties) {
    return PostgresStore.openToWrite(address, properties);
  }

  @Override
  public Store openToRead() {
    return PostgresStore.openToRead(address);
  }

  @Override
  public EmptyPlace emptyPlace() {
    return new PostgresPlace(address);
  }

  @Override
  public void restoreBackup(Path file) {
    throw new InvalidLocationException(
        "a backup can be restored into a directory only, an export also into PostgreSQL: file="
            + file
            + ", "
            + this);
  }

  @Override
  public String toString() {
    return "database=" + shown;
  }
}
