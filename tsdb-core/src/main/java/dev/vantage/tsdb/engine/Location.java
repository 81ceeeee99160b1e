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

/** Where a stored database is. Its text is fit to be shown: it has no password. */
public interface Location {
  /** What nobody would take for the path of a directory. */
  Pattern URL = Pattern.compile("(?i)(jdbc:|postgres[a-z]*:|[a-z][a-z0-9+.-]+://)");

  /** Reads a location: an address in PostgreSQL, or else the path of a directory. */
  static Location of(String location) {
    if (PostgresStore.isAddress(location)) {
      try {
        return new PostgresLocation(location, PostgresStore.shown(location));
      } catch (StoreException e) {
        throw new InvalidRequestException(e.getMessage());
      }
    }
    if (URL.matcher(location).lookingAt()) {
      // Not shown: what is after the scheme may hold a password.
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

  /** The location as it may be shown to anybody, in a form that can be read again. */
  String shown();

  /** What it is, in a word for messages. */
  String kind();

  /** Whether there is a database. */
  boolean exists();

  /** Opens the database for writing; makes it if it does not exist. */
  Store openToWrite(SortedMap<String, String> properties);

  /** Opens the database that is there for reading. */
  Store openToRead();

  /** The place as one where a database can be made in one step. */
  EmptyPlace emptyPlace();

  /** Makes a database from a backup. */
  void restoreBackup(Path file);
}
