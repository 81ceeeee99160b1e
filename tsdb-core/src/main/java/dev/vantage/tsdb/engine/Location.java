package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.store.EmptyPlace;
import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.postgres.PostgresStore;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.regex.Pattern;

/** The location of a stored database. Its string form has no password. */
public interface Location {
  /** Matches strings that cannot be meant as the path of a directory. */
  Pattern URL = Pattern.compile("(?i)(jdbc:|postgres[a-z]*:|[a-z][a-z0-9+.-]+://)");

  /** Parses a location: a PostgreSQL address, or else the path of a directory. */
  static Location of(String location) {
    if (PostgresStore.isAddress(location)) {
      try {
        return new PostgresLocation(location, PostgresStore.shown(location));
      } catch (StoreException e) {
        throw new InvalidRequestException(e.getMessage());
      }
    }
    if (URL.matcher(location).lookingAt()) {
      // Only the scheme is shown: the rest may hold a password.
      throw new InvalidRequestException(
          "location must be the path of a directory or begin with postgresql://: scheme="
              + location.substring(0, location.indexOf(':')));
    }
    try {
      return new DirectoryLocation(Path.of(location));
    } catch (InvalidPathException e) {
      throw new InvalidRequestException("location must be a path: " + e.getMessage());
    }
  }

  /** {@return the location without secrets, in a form that can be parsed again} */
  String shown();

  /** {@return the kind of location, in a word for messages} */
  String kind();

  /** {@return whether a database exists there} */
  boolean exists();

  /** Opens the database for writing; creates it if it does not exist. */
  Store openToWrite(SortedMap<String, String> properties);

  /** Opens the existing database for reading. */
  Store openToRead();

  /** {@return the location as a place where a database can be created in one step} */
  EmptyPlace emptyPlace();

  /** Makes a database from a backup. */
  void restoreBackup(Path file);
}
