package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.InvalidLocationException;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.store.MemoryStore;
import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.postgres.PostgresStore;
import dev.vantage.tsdb.store.sqlite.SqliteStore;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The location of a database. Immutable. Its string form has no password. */
public sealed interface Location {
  /** Matches strings that cannot be meant as the path of a directory. */
  Pattern URL = Pattern.compile("(?i)(jdbc:|postgres[a-z]*:|[a-z][a-z0-9+.-]+://)");

  /** Parses a location: a PostgreSQL address, or else the path of a directory. */
  static Location of(String location) {
    if (PostgresStore.isAddress(location)) {
      try {
        return new Postgres(location, PostgresStore.shown(location));
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
      return new Directory(Path.of(location));
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

  /**
   * Makes a database in one step. Nobody can open it before it is filled and durable. If the
   * filling fails or the process ends before, no database exists there.
   *
   * @param properties the properties of the database
   * @param filling writes the content of the database
   */
  void make(SortedMap<String, String> properties, Consumer<Store> filling);

  /** Makes a database from a backup. */
  void restoreBackup(Path file);

  /**
   * A directory.
   *
   * @param path its path
   */
  record Directory(Path path) implements Location {
    @Override
    public String shown() {
      return path.toString();
    }

    @Override
    public String kind() {
      return "directory";
    }

    @Override
    public boolean exists() {
      return SqliteStore.exists(path);
    }

    @Override
    public Store openToWrite(SortedMap<String, String> properties) {
      return SqliteStore.openToWrite(path, properties);
    }

    @Override
    public Store openToRead() {
      return SqliteStore.openToRead(path);
    }

    @Override
    public void make(SortedMap<String, String> properties, Consumer<Store> filling) {
      SqliteStore.make(path, properties, filling);
    }

    @Override
    public void restoreBackup(Path file) {
      SqliteStore.restore(file, path);
    }

    @Override
    public String toString() {
      return "directory=" + path;
    }
  }

  /**
   * A schema in PostgreSQL.
   *
   * @param address the connection address, which may hold a password
   * @param shown the address without user, password and parameters
   */
  record Postgres(String address, String shown) implements Location {
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
    public void make(SortedMap<String, String> properties, Consumer<Store> filling) {
      PostgresStore.make(address, properties, filling);
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

  /** The memory of this process. A database lives there from its creation until it is closed. */
  record Memory() implements Location {
    @Override
    public String shown() {
      return kind();
    }

    @Override
    public String kind() {
      return "memory";
    }

    @Override
    public boolean exists() {
      return false;
    }

    @Override
    public Store openToWrite(SortedMap<String, String> properties) {
      return new MemoryStore(properties);
    }

    @Override
    public Store openToRead() {
      throw closed();
    }

    @Override
    public void make(SortedMap<String, String> properties, Consumer<Store> filling) {
      throw closed();
    }

    @Override
    public void restoreBackup(Path file) {
      throw closed();
    }

    private static InvalidLocationException closed() {
      return new InvalidLocationException(
          "a database in memory must be open: no call opens it again");
    }

    @Override
    public String toString() {
      return kind();
    }
  }
}
