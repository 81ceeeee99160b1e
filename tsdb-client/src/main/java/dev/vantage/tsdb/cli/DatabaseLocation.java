package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.InvalidLocationException;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.OpenOptions.Access;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.client.ClientOptions;
import dev.vantage.tsdb.client.ConnectionException;
import dev.vantage.tsdb.client.TsdbClient;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The location of a database: a directory, PostgreSQL, or a server. Immutable.
 *
 * @param database the directory or the address in PostgreSQL, which may contain a password; empty
 *     for a server
 * @param server host and port, used if {@code database} is empty
 * @param security the token and the use of TLS for the server
 */
record DatabaseLocation(Optional<String> database, String server, ServerSecurity security) {
  /** After this time the user is told that the server has not answered. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration BRIEF = Duration.ofSeconds(1);
  private static final String DEFAULT_SERVER = "127.0.0.1:7207";
  private static final String HINT =
      "; hint: --db DIR opens a database without a server, tsdb-server starts one";

  static DatabaseLocation of(
      Optional<String> database, Optional<String> server, ServerSecurity security) {
    return new DatabaseLocation(database, server.orElse(DEFAULT_SERVER), security);
  }

  /** Opens the database for reading. Another process may write to it meanwhile. */
  Tsdb openForReading() {
    return database.isPresent() ? open(database.get(), Access.READ_ONLY) : connect();
  }

  /** Opens the database for writing. */
  Tsdb openForWriting() {
    return database.isPresent() ? open(database.get(), Access.WRITE) : connect();
  }

  /** Opens the database in a directory or in a schema of PostgreSQL. */
  static EmbeddedTsdb open(String database, Access access) {
    try {
      return Tsdb.open(database, OpenOptions.DEFAULT.withAccess(access));
    } catch (InvalidLocationException e) {
      if (exists(database) || isFile(database)) {
        throw e;
      }
      throw NearestFile.database(database)
          .map(near -> withNearest(e, near))
          .orElseGet(() -> withHint(e, database));
    }
  }

  private static InvalidLocationException withHint(InvalidLocationException e, String database) {
    String shown = EmbeddedTsdb.shown(database);
    return new InvalidLocationException(
        e.getMessage() + "; 'tsdb create --db " + shown + "' makes one", e);
  }

  private static InvalidLocationException withNearest(InvalidLocationException e, Path near) {
    return new InvalidLocationException(e.getMessage() + ", nearest=" + near, e);
  }

  /** Completes a failure to find a database by the database beside it that may be meant. */
  static InvalidLocationException notFound(InvalidLocationException e, String database) {
    return exists(database)
        ? e
        : NearestFile.database(database).map(near -> withNearest(e, near)).orElse(e);
  }

  /** Returns whether a database exists; true if that cannot be determined. */
  static boolean exists(String database) {
    try {
      return EmbeddedTsdb.exists(database);
    } catch (RuntimeException | LinkageError e) {
      return true; // the first failure is the one to report
    }
  }

  /** Returns whether a file is in the way: no database can be made there. */
  private static boolean isFile(String database) {
    try {
      return Files.isRegularFile(Path.of(database));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Connects to the server. */
  TsdbClient connect() {
    return connect(ClientOptions.DEFAULT);
  }

  private TsdbClient connect(ClientOptions plain) {
    ClientOptions options =
        plain.withWaitingNotice(
            PATIENCE,
            () -> System.err.println("waiting for the server to answer: server=" + server));
    try {
      return TsdbClient.connect(server, options.withSecurity(security.read()));
    } catch (ConnectionException e) {
      throw server.equals(DEFAULT_SERVER) ? new ConnectionException(e.getMessage() + HINT, e) : e;
    }
  }

  /** Opens the database for a question that is worth no wait. */
  Tsdb openBriefly() {
    return database.isPresent()
        ? open(database.get(), Access.READ_ONLY)
        : connect(ClientOptions.DEFAULT.withConnectTimeout(BRIEF).withRequestTimeout(BRIEF));
  }

  @Override
  public String toString() {
    return database.map(EmbeddedTsdb::shown).orElse(server);
  }
}
