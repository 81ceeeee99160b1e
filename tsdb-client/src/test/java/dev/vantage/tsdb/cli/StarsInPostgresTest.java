package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.client.ServerProcess;
import dev.vantage.tsdb.testkit.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Light curves of real stars with attributes, in a directory and in PostgreSQL. */
@Tag("long")
class StarsInPostgresTest {
  private static final Path STARS =
      Path.of(System.getProperty("tsdb.project"), "../shared/data/rrlyrae");

  @Test
  void bothAnswerAlike(@TempDir Path temporary) throws Exception {
    assumeTrue(Files.exists(STARS), () -> "needs " + STARS);
    PostgresServer postgres = PostgresServer.shared();
    String directory = temporary.resolve("stars.db").toString();
    String url = postgres.url(postgres.createDatabase());
    String imported = importStars(directory).out();
    assertTrue(imported.matches("imported [0-9]{4}, replaced 0, refused 0\n"), imported);
    assertEquals(imported, importStars(url).out());
    Path log = temporary.resolve("log");
    try (ServerProcess one = ServerProcess.start(directory, log, 0);
        ServerProcess two = ServerProcess.start(url, log, 0);
        ServerProcess three = ServerProcess.start(url, log, 0, "--read-only")) {
      for (String format : List.of("table", "json", "csv")) {
        String expected = similar(format, "--db", directory).answered().out();
        assertEquals(expected, similar(format, "--db", url).answered().out());
        for (ServerProcess server : List.of(one, two, three)) {
          assertEquals(expected, similar(format, "--server", server.address()).answered().out());
        }
      }
      JsonNode found = similar("json", "--db", url).json();
      assertEquals(3, found.size());
      for (JsonNode neighbor : found) {
        String id = neighbor.get("id").textValue();
        JsonNode attributes =
            Run.here("get", id, "--db", url, "--format=json").json().get("attributes");
        assertEquals("g", attributes.get("band").textValue());
        assertEquals("c", attributes.get("type").textValue());
        assertTrue(attributes.get("period").isDouble());
      }
    }
  }

  private static Run importStars(String place) {
    Run.here("create", "--db", place, "--length", "64").answered();
    String periods = STARS.resolve("periods.csv").toString();
    Run run =
        Run.here(
            "import",
            "--db",
            place,
            "--as",
            "light-curve",
            "--group-by",
            "band",
            "--periods",
            periods,
            "--attributes-from",
            periods,
            "--key",
            "Num",
            "--attributes",
            "type=Type,period=Per",
            STARS.resolve("light-curves").toString());
    assertEquals(0, run.code(), run::toString);
    return run;
  }

  private static Run similar(String format, String option, String place) throws Exception {
    return Run.process(
        "similar",
        "4099_g",
        "--where",
        "band = 'g' and type = 'c'",
        "-k",
        "3",
        "--format",
        format,
        option,
        place);
  }
}
