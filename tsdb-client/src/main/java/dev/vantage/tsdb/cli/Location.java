package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.OpenOptions.Access;
import dev.vantage.tsdb.StorageException;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.client.ClientOptions;
import dev.vantage.tsdb.client.TsdbClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the database is: in a directory, else behind a server.
 *
 * @param directory the directory, or empty
 * @param server host and port, used where there is no directory
 */
record Location(Optional<Path> directory, String server) {
  private static final String DEFAULT_SERVER = "127.0.0.1:7207";
  private static final String SERVER_VARIABLE = "TSDB_SERVER";

  static Location of(Optional<Path> directory, Optional<String> server) {
    String usual = System.getenv().getOrDefault(SERVER_VARIABLE, DEFAULT_SERVER);
    return new Location(directory, server.orElse(usual.isBlank() ? DEFAULT_SERVER : usual));
  }

  /** Opens the database to be read, beside whoever writes to it. */
  Tsdb openForReading() {
    return directory.isPresent() ? open(directory.get(), Access.READ_ONLY) : connect();
  }

  /** Opens the database to be written to. */
  Tsdb openForWriting() {
    return directory.isPresent() ? open(directory.get(), Access.WRITE) : connect();
  }

  /** Opens the database that a directory holds. */
  static EmbeddedTsdb open(Path directory, Access access) {
    if (isMissingOrEmpty(directory)) {
      throw new StorageException(
          "directory must hold a database; 'tsdb create --db "
              + directory
              + "' makes one: directory="
              + directory);
    }
    return Tsdb.open(directory, OpenOptions.DEFAULT.withAccess(access));
  }

  private TsdbClient connect() {
    return TsdbClient.connect(server, ClientOptions.DEFAULT);
  }

  private static boolean isMissingOrEmpty(Path directory) {
    if (!Files.exists(directory)) {
      return true;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      return false; // opening says what is wrong with it
    }
  }
}
