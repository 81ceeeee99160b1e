package dev.vantage.tsdb;

import dev.vantage.tsdb.store.PostgresStore;
import dev.vantage.tsdb.store.Store;
import java.util.SortedMap;

/**
 * A schema in PostgreSQL.
 *
 * @param address how to get there, perhaps with a password
 * @param shown where it is
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
  public String toString() {
    return "database=" + shown;
  }
}
