package dev.vantage.tsdb;

import dev.vantage.tsdb.store.PostgresStore;
import dev.vantage.tsdb.store.Store;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.SortedMap;

/** Where a stored database is. Its text is fit to be shown: it has no password. */
interface Location {

  /** Reads a location: an address in PostgreSQL, or else the path of a directory. */
  static Location of(String location) {
    if (PostgresStore.isAddress(location)) {
      return new PostgresLocation(location, PostgresStore.shown(location));
    }
    try {
      return new DirectoryLocation(Path.of(location));
    } catch (InvalidPathException e) {
      throw new InvalidRequestException("location must be a path: " + e.getMessage());
    }
  }

  /** What it is, in a word for messages. */
  String kind();

  /** Whether there is a database. */
  boolean exists();

  /** Opens the database for writing; makes it if it does not exist. */
  Store openToWrite(SortedMap<String, String> properties);

  /** Opens the database that is there for reading. */
  Store openToRead();
}
