package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.client.ServerProcess;
import dev.vantage.tsdb.client.TsdbClient;
import dev.vantage.tsdb.rows.Aggregate;
import dev.vantage.tsdb.rows.RowOrder;
import dev.vantage.tsdb.rows.Rows;
import dev.vantage.tsdb.rows.Select;
import dev.vantage.tsdb.rows.SelectColumn;
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

  private static final OpenOptions READ_ONLY =
      OpenOptions.DEFAULT.withAccess(OpenOptions.Access.READ_ONLY);

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
      try (Tsdb files = Tsdb.open(directory, READ_ONLY);
          Tsdb rows = Tsdb.open(url, READ_ONLY);
          Tsdb client = TsdbClient.connect(one.address());
          Tsdb other = TsdbClient.connect(three.address())) {
        assertAggregates(List.of(files, rows, client, other));
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

  /** The figures were computed from the table of periods by other means. */
  private static void assertAggregates(List<Tsdb> databases) {
    Select types =
        Select.of(
                List.of(
                    SelectColumn.of("type"),
                    SelectColumn.countOfRows(),
                    SelectColumn.of(Aggregate.MEAN, "period"),
                    SelectColumn.of(Aggregate.STD, "mean"),
                    SelectColumn.of(Aggregate.SUM, "std"),
                    SelectColumn.of(Aggregate.MIN, "period"),
                    SelectColumn.of(Aggregate.MAX, "period")))
            .where("band = 'g'")
            .groupedBy("type");
    Select longest =
        Select.columns("id", "period")
            .where("band = 'g'")
            .orderedBy(RowOrder.descending("period"))
            .limit(5);
    Rows expected = databases.get(0).select(types);
    for (Tsdb database : databases) {
      assertEquals(expected, database.select(types), "the same bits");
      Rows five = database.select(longest);
      assertEquals(5, five.size());
      assertEquals("156391_g", five.value(0, 0).orElseThrow().toString());
      assertEquals("114272_g", five.value(4, 0).orElseThrow().toString());
    }
    assertEquals("ab", expected.value(0, 0).orElseThrow().toString());
    assertEquals("379", expected.value(0, 1).orElseThrow().toString());
    assertEquals(0.582397899613, number(expected, 0, 2), 1e-12);
    assertEquals(0.436911440463, number(expected, 0, 5), 1e-12);
    assertEquals(0.907496629521, number(expected, 0, 6), 1e-12);
    assertEquals("104", expected.value(1, 1).orElseThrow().toString());
    assertEquals(0.341556702555, number(expected, 1, 2), 1e-12);
    assertEquals(0.254145925236, number(expected, 1, 5), 1e-12);
    assertEquals(0.432427428882, number(expected, 1, 6), 1e-12);
  }

  private static double number(Rows rows, int row, int column) {
    return Double.parseDouble(rows.value(row, column).orElseThrow().toString());
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
