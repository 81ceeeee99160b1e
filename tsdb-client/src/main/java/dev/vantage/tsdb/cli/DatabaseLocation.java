package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.InvalidLocationException;
import dev.vantage.tsdb.OpenOptions.Access;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.client.ClientOptions;
import dev.vantage.tsdb.client.TsdbClient;
import java.util.Optional;

/**
 * Where the database is: in a directory or in PostgreSQL, else behind a server.
 *
 * @param database the directory or the address in PostgreSQL, perhaps with a password; or empty
 * @param server host and port, used where there is no such place
 * @param security how that server is connected to
 */
record DatabaseLocation(Optional<String> database, String server, ServerSecurity security) {
  private static final String DEFAULT_SERVER = "127.0.0.1:7207";
  private static final String SERVER_VARIABLE = "TSDB_SERVER";

  static DatabaseLocation of(
      Optional<String> database, Optional<String> server, ServerSecurity security) {
    String usual = System.getenv().getOrDefault(SERVER_VARIABLE, DEFAULT_SERVER);
    return new DatabaseLocation(
        database, server.orElse(usual.isBlank() ? DEFAULT_SERVER : usual), security);
  }

  /** Opens the database to be read, beside whoever writes to it. */
  Tsdb openForReading() {
    return database.isPresent() ? open(database.get(), Access.READ_ONLY) : connect();
  }

  /** Opens the database to be written to. */
  Tsdb openForWriting() {
    return database.isPresent() ? open(database.get(), Access.WRITE) : connect();
  }

  /** Opens the database that a directory or a schema of PostgreSQL holds. */
  static EmbeddedTsdb open(String database, Access access) {
    try {
      return Tsdb.open(database, OpenOptions.DEFAULT.withAccess(access));
    } catch (InvalidLocationException e) {
      if (exists(database)) {
        throw e;
      }
      String shown = EmbeddedTsdb.shown(database);
      throw new InvalidLocationException(
          e.getMessage() + "; 'tsdb create --db " + shown + "' makes one", e);
    }
  }

  /** Whether there is a database, or nobody can say. */
  private static boolean exists(String database) {
    try {
      return EmbeddedTsdb.exists(database);
    } catch (RuntimeException | LinkageError e) {
      return true; // what was said first is the reason
    }
  }

  /** Connects to the server. */
  TsdbClient connect() {
    return TsdbClient.connect(server, ClientOptions.DEFAULT.withSecurity(security.read()));
  }

  @Override
  public String toString() {
    return database.map(EmbeddedTsdb::shown).orElse(server);
  }
}
