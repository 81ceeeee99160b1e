package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.language.Language;
import dev.vantage.tsdb.language.LanguageOptions;
import dev.vantage.tsdb.language.Stars;
import dev.vantage.tsdb.language.Value;
import dev.vantage.tsdb.protocol.op.ValueJson;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.testkit.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs over light curves give the same JSON, byte for byte, wherever they run. */
@Tag("long")
class StarProgramsTest {
  private static List<SeriesEntry> stars;
  private static List<String> expected;

  private static final List<String> PROGRAMS =
      Stars.programs().stream().filter(program -> !program.contains("(file ")).toList();

  @BeforeAll
  static void runInMemory() throws Exception {
    stars = Stars.entries();
    try (EmbeddedTsdb memory = Tsdb.inMemory(Stars.SETTINGS, 2)) {
      memory.insertAll(stars);
      expected = answers(Language.over(memory)::run);
    }
  }

  private static List<String> answers(Function<String, Value> run) {
    return PROGRAMS.stream()
        .map(program -> program + " => " + ValueJson.payload(run.apply(program)).toTree())
        .toList();
  }

  private static void check(List<String> answers) {
    assertEquals(String.join("\n", expected), String.join("\n", answers));
  }

  @Test
  void aDirectoryAndItsServerGiveTheSame(@TempDir Path directory) throws Exception {
    Path location = directory.resolve("db");
    OpenOptions options = OpenOptions.DEFAULT.withSettings(Stars.SETTINGS);
    try (EmbeddedTsdb stored = Tsdb.open(location.toString(), options)) {
      stored.insertAll(stars);
      check(answers(Language.over(stored)::run));
    }
    try (ServerProcess server = ServerProcess.start(location, 0);
        TsdbClient client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
      check(answers(Language.over(client)::run));
      check(answers(program -> client.evaluate(program, LanguageOptions.DEFAULT)));
    }
  }

  @Test
  void postgresGivesTheSame() throws Exception {
    PostgresServer server = PostgresServer.shared();
    OpenOptions options = OpenOptions.DEFAULT.withSettings(Stars.SETTINGS);
    try (EmbeddedTsdb stored = Tsdb.open(server.url(server.createDatabase()), options)) {
      stored.insertAll(stars);
      check(answers(Language.over(stored)::run));
    }
  }
}
