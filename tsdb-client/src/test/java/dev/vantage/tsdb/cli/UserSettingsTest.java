package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Options that are set in the environment and in the user's file. */
class UserSettingsTest {
  @TempDir private Path directory;

  private final Map<String, String> environment = new HashMap<>();

  private void write(String text) throws IOException {
    Path file = directory.resolve("tsdb").resolve("config");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Map<String, String> environment() {
    environment.put("XDG_CONFIG_HOME", directory.toString());
    return environment;
  }

  private List<String> complete(String... given) {
    return List.of(UserSettings.read(environment()).complete(given).words());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      nullValues = "-",
      value = {
        // option, $TSDB_DB, $TSDB_SERVER, file | the location that counts
        "-          | -  | -   | -            | -",
        "-          | -  | -   | db = f       | --db=f",
        "-          | -  | -   | server = f:1 | --server=f:1",
        "-          | -  | s:1 | db = f       | --server=s:1",
        "-          | d  | s:1 | server = f:1 | --db=d",
        "-          | d  | -   | db = f       | --db=d",
        "--server=o | d  | s:1 | db = f       | --server=o",
        "--db=o     | d  | s:1 | db = f       | --db=o",
        "--db=o     | \" \" | -   | -            | --db=o",
      })
  void theNearestLocationCounts(
      String option, String database, String server, String line, String expected)
      throws IOException {
    if (database != null) {
      environment.put("TSDB_DB", database);
    }
    if (server != null) {
      environment.put("TSDB_SERVER", server);
    }
    write(line == null ? "" : line + "\n");
    List<String> words = new ArrayList<>(List.of("list"));
    if (option != null) {
      words.add(option);
    }
    List<String> locations = new ArrayList<>(complete(words.toArray(String[]::new)));
    locations.remove("list");
    assertEquals(expected == null ? List.of() : List.of(expected), locations);
  }

  @Test
  void settingsOfServersAreOfNoUseForADirectory() throws IOException {
    environment.put("TSDB_TOKEN_FILE", "t");
    write("ca = c\ntls = true\n");
    assertEquals(List.of("--tls", "--ca=c", "--token-file=t", "list"), complete("list"));
    assertEquals(List.of("list", "--db", "d"), complete("list", "--db", "d"));
  }

  @Test
  void aFlagMayBeGivenByItsShortName() throws IOException {
    write("quiet = true\nverbose = true\n");
    assertEquals(List.of("--verbose", "-q", "list"), complete("-q", "list"));
    assertEquals(List.of("--quiet", "list", "-v"), complete("list", "-v"));
  }

  @Test
  void optionsOfVerbsAreForTheirVerb() throws IOException {
    write("similar.k = 3\ncache.config.capacity = 7\nimport.replace = true\nformat = csv\n");
    assertEquals(List.of("--format=csv", "list"), complete("list"));
    assertEquals(List.of("--format=csv", "similar", "-k=3", "a"), complete("similar", "a"));
    assertEquals(
        List.of("--format=json", "similar", "a", "-k", "2"),
        complete("--format=json", "similar", "a", "-k", "2"));
    assertEquals(
        List.of("--format=csv", "cache", "config", "--capacity=7"), complete("cache", "config"));
    assertEquals(List.of("--format=csv", "import", "--replace", "f"), complete("import", "f"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fromat = csv       | name must be an option of all verbs, or VERB.OPTION for one of them: setting=fromat",
        "similr.k = 3       | name must begin with a verb of tsdb: setting=similr.k",
        "similar.kk = 3     | name must end with an option of the verb: setting=similar.kk",
        "cache.conf.x = 3   | name must begin with a verb of tsdb: setting=cache.conf.x",
        "similar.help = true | name must end with an option of the verb: setting=similar.help",
        "tls = yes          | flag must be true or false: setting=tls",
        "format             | line must be NAME = VALUE",
        "cache config.x = 3 | hint: dots join the words of a name: cache.config.x",
        "format = jsn       | --format must be table, json or csv: 'jsn'; --format is set in ",
        "list.limit = many  | --limit must be a whole number: 'many'; --limit is set in ",
        "server = y:1       | a database is in one place: db or server: setting=server",
      })
  void badLinesAreRefusedWithTheirPlace(String line, String words) throws IOException {
    write("db = x\n" + line + "\n");
    Run run = Run.here(environment(), "list", "--server", "127.0.0.1:1");
    run.failed(2, words);
    assertTrue(run.err().contains(directory.resolve("tsdb/config") + ":2"), run::err);
  }

  @ParameterizedTest
  @CsvSource({
    "fromat = csv, format",
    "similr.k = 3, similar.k",
    "similar.kk = 3, similar.k",
    "cache.conf.capacity = 3, cache.config.capacity",
    "cache.config.capacty = 3, cache.config.capacity",
  })
  void theNearestNameIsNamed(String line, String nearest) throws IOException {
    write(line + "\n");
    Run.here(environment(), "list").failed(2, ", nearest=" + nearest + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '$',
      value = {
        "stars.db   # mine | stars.db",
        "'a # b' # c       | a # b",
        "\"my stars.db\"    | my stars.db",
        "o'neil.db         | o'neil.db",
        "a#b               | a#b",
        "type = 'a #' # b  | type = 'a #'",
        "\"a\" = \"b\"       | \"a\" = \"b\"",
      })
  void valuesAreFreeOfQuotesAndComments(String written, String value) throws IOException {
    write("db = " + written + "\n");
    assertEquals(List.of("--db=" + value, "list"), complete("list"));
  }

  @Test
  void theHomeDirectoryHasAShortName() throws IOException {
    write("db = ~/stars.db\n");
    assertEquals(
        List.of("--db=" + System.getProperty("user.home") + "/stars.db", "list"), complete("list"));
  }

  @Test
  void theFormatOfOneVerbGoesBeforeThatOfAll() throws IOException {
    write("format = csv\nattributes.list.format = json\n");
    assertEquals(List.of("attributes", "list", "--format=json"), complete("attributes", "list"));
    assertEquals(List.of("--format=csv", "list"), complete("list"));
  }

  @Test
  void aFileThatIsNoTextIsRefusedWithItsLine() throws IOException {
    write("format = csv\n");
    Path file = directory.resolve("tsdb/config");
    Files.write(file, new byte[] {'d', 'b', '=', (byte) 0xfc, '\n'}, StandardOpenOption.APPEND);
    Run.here(environment(), "list").failed(2, "must be in UTF-8: line=" + file + ":2\n");
    Files.delete(file);
    Files.createDirectory(file);
    Run.here(environment(), "list").failed(2, "file=" + file + ", problem=it is a directory\n");
  }

  @Test
  void theSettingsAreShownWithTheirOrigin() throws IOException {
    environment.put("TSDB_SERVER", "y:1");
    write("similar.k = 3\n");
    String shown =
        Run.here(environment(), "similar", "--print-config", "--format=csv").answered().out();
    List<String> rows = shown.lines().toList();
    assertTrue(rows.contains("server,y:1,$TSDB_SERVER"), shown);
    assertTrue(rows.contains("k,3," + directory.resolve("tsdb/config") + ":1"), shown);
    assertTrue(rows.contains("format,csv,command line"), shown);
    assertTrue(rows.contains("explain,false,default"), shown);
    environment.put("TSDB_DB", "postgresql://me:s3cr3t@h/db");
    assertTrue(
        Run.here(environment(), "--print-config", "--format=csv")
            .out()
            .contains("db,postgresql://me@h/db,$TSDB_DB"));
  }

  @Test
  void theDatabaseOfTheEnvironmentIsOpened() throws IOException {
    environment.put("TSDB_DB", directory.resolve("db").toString());
    Run.here(environment(), "create", "--length=16").answered();
    Run quiet = Run.here(environment(), "--quiet", "attributes", "add", "x", "long").answered();
    assertEquals("", quiet.out());
    assertEquals("id\n", Run.here(environment(), "list", "-q").answered().out());
    Run told = Run.here(environment(), "list", "--verbose");
    assertTrue(told.err().startsWith("database: " + directory.resolve("db") + "\n"), told::err);
    assertTrue(told.err().matches("(?s).*took [0-9]+ ms\n"), told::err);
  }

  @Test
  void theSharedOptionsAreThoseOfTheCommand() {
    TreeSet<String> known = new TreeSet<>(Verbs.SHARED_FLAGS);
    known.addAll(Verbs.SHARED_WITH_VALUE);
    TreeSet<String> declared = new TreeSet<>();
    for (OptionSpec option : new CommandLine(new TsdbCommand()).getCommandSpec().options()) {
      boolean isFlag = option.arity().max() == 0;
      declared.add(option.longestName());
      assertEquals(
          !isFlag, Verbs.SHARED_WITH_VALUE.contains(option.longestName()), option.longestName());
    }
    known.addAll(List.of("--help", "--version", "--print-config"));
    assertEquals(known, declared);
    Verbs.ALL.forEach(
        (name, verb) -> assertEquals(name, new CommandLine(verb).getCommandName(), name));
  }
}
