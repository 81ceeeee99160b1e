package dev.vantage.tsdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.InvalidRequestException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Options that are set in a file. */
class ServerSettingsTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("server.conf");
  }

  private List<String> complete(String... arguments) {
    ServerSettings settings =
        ServerSettings.read(arguments, Map.of("TSDB_SERVER_CONFIG", file.toString()));
    return List.of(settings.complete(arguments, ServerMain.commandLine().getCommandSpec()));
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  @Test
  void theFileSetsWhatTheCommandLineDoesNot() throws IOException {
    write("# a comment\n\ndb = /a b.db\nread-only = true\ninsecure=false\nthreads = 2\n");
    assertEquals(List.of("--db=/a b.db", "--read-only", "--threads=2"), complete());
    assertEquals(
        List.of("--db=/a b.db", "--read-only", "--threads", "3"), complete("--threads", "3"));
    assertEquals(
        List.of("--threads=2", "--db=x", "--read-only"), complete("--db=x", "--read-only"));
  }

  @Test
  void theOptionGoesBeforeTheVariableAndMustNameAFile() throws IOException {
    write("db = a\n");
    Path other = Files.writeString(directory.resolve("other.conf"), "db = b\n");
    String option = "--config=" + other;
    assertEquals(List.of("--db=b", option), complete(option));
    String missing = directory.resolve("missing").toString();
    InvalidRequestException failure =
        assertThrows(InvalidRequestException.class, () -> complete("--config", missing));
    assertEquals("file of settings must exist: file=" + missing, failure.getMessage());
    ServerSettings none = ServerSettings.read(new String[0], Map.of("TSDB_SERVER_CONFIG", ""));
    assertEquals(0, none.complete(new String[0], ServerMain.commandLine().getCommandSpec()).length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dbb = x        | setting must be an option of tsdb-server: setting=dbb, line=FILE:2, nearest=db",
        "help = true    | setting must be an option of tsdb-server: setting=help, line=FILE:2",
        "config = x     | setting must be an option of tsdb-server: setting=config, line=FILE:2",
        "read-only = 1  | flag must be true or false: setting=read-only, line=FILE:2",
        "db             | line must be NAME = VALUE, with the name of an option without its dashes:"
            + " line=FILE:2",
        "--db = x       | line must be NAME = VALUE, with the name of an option without its dashes:"
            + " line=FILE:2",
        "threads = 4    | option must be set once: setting=threads, line=FILE:2",
      })
  void badLinesAreRefused(String line, String words) throws IOException {
    write("threads = 2\n" + line + "\n");
    InvalidRequestException failure = assertThrows(InvalidRequestException.class, this::complete);
    assertEquals(words.replace("FILE", file.toString()), failure.getMessage());
  }

  @Test
  void theLogIsConfiguredFromTheFile() throws IOException {
    write("log-format = json\nlog-level = warn\n");
    Map<String, String> environment = Map.of("TSDB_SERVER_CONFIG", file.toString());
    String[] given = {"--log-level=debug"};
    assertEquals(
        List.of("--log-level=debug", "--log-format=json"),
        List.of(ServerSettings.read(given, environment).forLog(given)));
  }

  @Test
  void whatCountsIsPrintedWithItsOriginAndWithoutPasswords() throws IOException {
    write("db = postgresql://me:s3cr3t@host/stars\nidle-timeout = 5m\n");
    String[] given = {"--threads", "3"};
    ServerSettings settings =
        ServerSettings.read(given, Map.of("TSDB_SERVER_CONFIG", file.toString()));
    CommandLine command = ServerMain.commandLine();
    String[] words = settings.complete(given, command.getCommandSpec());
    StringWriter out = new StringWriter();
    settings.print(command.parseArgs(words), new PrintWriter(out));
    List<List<String>> rows = out.toString().lines().map(row -> List.of(row.split(" +"))).toList();
    assertTrue(
        rows.contains(List.of("db", "postgresql://me@host/stars", file + ":1")), out::toString);
    assertTrue(rows.contains(List.of("idle-timeout", "5m", file + ":2")), out::toString);
    assertTrue(rows.contains(List.of("threads", "3", "command", "line")), out::toString);
    assertTrue(rows.contains(List.of("frame-timeout", "60s", "default")), out::toString);
    assertTrue(rows.contains(List.of("listen", "127.0.0.1:7207", "default")), out::toString);
    assertTrue(rows.contains(List.of("cache-policy", "tinylfu", "default")), out::toString);
  }
}
