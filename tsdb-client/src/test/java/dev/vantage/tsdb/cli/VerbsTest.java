package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.client.RawClient;
import dev.vantage.tsdb.client.ServerProcess;
import dev.vantage.tsdb.format.Generator;
import dev.vantage.tsdb.protocol.Json;
import dev.vantage.tsdb.series.SeriesEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every verb on a directory and on a server, in every format. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerbsTest {
  /** Where the database is. */
  enum Where {
    DIRECTORY,
    SERVER
  }

  private static final Settings SETTINGS = Settings.DEFAULT.withLength(128).withVantagePoints(3);
  private static final String A = "bumps-00000007";

  private Path directory;
  private Path served;
  private ServerProcess server;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    directory = temporary.resolve("embedded");
    served = temporary.resolve("served");
    for (Path database : List.of(directory, served)) {
      try (Tsdb tsdb = Tsdb.open(database, OpenOptions.DEFAULT.withSettings(SETTINGS))) {
        List<SeriesEntry> entries = new ArrayList<>();
        Generator.generate(40, 1).forEachRemaining(entries::add);
        tsdb.insertAll(entries);
      }
    }
    server = ServerProcess.start(served, 0);
  }

  @AfterAll
  void end() {
    server.close();
  }

  private Run tsdb(Where where, String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(
        where == Where.DIRECTORY
            ? List.of("--db", directory.toString())
            : List.of("--server", server.address()));
    return Run.here(all.toArray(String[]::new));
  }

  /** Returns the payload of a server's response, as sent. */
  private JsonNode payload(String request) throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      return client.payload(request);
    }
  }

  /** The JSON that is printed must be the very text of the payload. */
  private void assertIsPayload(String request, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--format", "json"));
    String[] command = all.toArray(String[]::new);
    String expected = Json.toText(payload(request)) + "\n";
    assertEquals(expected, tsdb(Where.SERVER, command).answered().out());
    // Beside the server, which has the database open to write.
    all.addAll(List.of("--db", served.toString()));
    assertEquals(expected, Run.here(all.toArray(String[]::new)).answered().out());
  }

  @Test
  void jsonIsThePayloadOfTheOperation() throws IOException {
    assertIsPayload("{\"op\":\"with_id\",\"id\":\"" + A + "\"}", "similar", A);
    assertIsPayload(
        "{\"op\":\"with_id\",\"id\":\"" + A + "\",\"k\":3,\"radius\":0.5,\"include_self\":true}",
        "similar",
        A,
        "-k3",
        "--radius=0.5",
        "--include-self");
    assertIsPayload(
        "{\"op\":\"with_id\",\"id\":\"" + A + "\",\"radius\":0.2}",
        "similar",
        A,
        "--radius",
        "0.2");
    assertIsPayload("{\"op\":\"get\",\"id\":\"" + A + "\"}", "get", A);
    assertIsPayload("{\"op\":\"ids\"}", "list");
    assertIsPayload(
        "{\"op\":\"ids\",\"after\":\"" + A + "\",\"limit\":4}",
        "list",
        "--after",
        A,
        "--limit",
        "4");
    assertIsPayload(
        "{\"op\":\"curves\",\"ids\":[\"bumps-00000001\",\"bumps-00000002\"],\"points\":32}",
        "list",
        "--limit=2",
        "--sparklines");
    JsonNode stats = payload("{\"op\":\"stats\"}");
    assertEquals(
        withoutLoad(stats), withoutLoad(tsdb(Where.SERVER, "stats", "--format", "json").json()));
    JsonNode vantagePoints = stats.get("vantage_points");
    assertEquals(
        vantagePoints, tsdb(Where.SERVER, "vantage-points", "list", "--format", "json").json());
  }

  /** Removes the counts of a server, which differ at each request. */
  private static JsonNode withoutLoad(JsonNode stats) {
    JsonNode load = ((ObjectNode) stats.get("server")).remove("load");
    assertTrue(load.get("requests").asLong() > 0, load::toString);
    return stats;
  }

  @Test
  void anExplainedSearchSaysWhatItCost(@TempDir Path temporary) throws IOException {
    Path file = temporary.resolve("x.csv");
    Files.writeString(file, tsdb(Where.SERVER, "get", A, "--format", "csv").answered().out());
    StringBuilder ts = new StringBuilder();
    payload("{\"op\":\"get\",\"id\":\"" + A + "\"}")
        .get("ts")
        .forEach(list -> ts.append(ts.length() == 0 ? "" : ",").append(list));
    JsonNode expected =
        payload("{\"op\":\"with_ts\",\"ts\":[" + ts + "],\"k\":2,\"explain\":true}");
    for (Where where : Where.values()) {
      String[] search = {"similar", "--file", file.toString(), "-k", "2", "--explain"};
      List<String> json = new ArrayList<>(Arrays.asList(search));
      json.addAll(List.of("--format", "json"));
      JsonNode found = tsdb(where, json.toArray(String[]::new)).json();
      assertEquals(expected.get("neighbors"), found.get("neighbors"));
      assertEquals(A, found.get("neighbors").get(0).get("id").textValue());
      assertEquals(expected.get("report").get("candidates"), found.get("report").get("candidates"));
      List<String> lines = tsdb(where, search).answered().lines();
      assertTrue(lines.get(0).matches("id {12} {5}distance  lag +shift"), lines.get(0));
      assertTrue(lines.get(1).matches(A + "  0\\.00000000[0-9]    0 +0\\.0000"), lines.get(1));
      assertTrue(lines.get(4).matches("search +value"), lines::toString);
      assertEquals("", lines.get(3));
      assertTrue(
          lines.stream().anyMatch(line -> line.matches("candidates +4[0-9]")), lines::toString);
      assertTrue(lines.stream().anyMatch(line -> line.matches("exact distances +[0-9]+")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void similarInEveryFormat(Where where) {
    List<Neighbor> neighbors;
    try (EmbeddedTsdb database =
        DatabaseLocation.open(served.toString(), OpenOptions.Access.READ_ONLY)) {
      neighbors = database.search(Query.like(A).nearest(2)).neighbors();
    }
    StringBuilder csv = new StringBuilder("id,distance,lag\n");
    StringBuilder table = new StringBuilder("id                 distance  lag    shift\n");
    for (Neighbor n : neighbors) {
      csv.append(n.id()).append(',').append(n.distance()).append(',').append(n.lag()).append('\n');
      table.append(
          String.format(
              Locale.ROOT,
              "%s  %.9f  %3d  %s%n",
              n.id(),
              n.distance(),
              n.lag(),
              Shift.text(n.lag(), SETTINGS)));
    }
    assertEquals(
        csv.toString(), tsdb(where, "similar", A, "-k2", "--format", "csv").answered().out());
    assertEquals(table.toString(), tsdb(where, "similar", A, "-k2").answered().out());
    assertEquals(
        table.toString(), tsdb(where, "similar", A, "-k2", "--format", "TABLE").answered().out());
  }

  @ParameterizedTest
  @EnumSource
  void severalAtOnceInEveryFormat(Where where) throws IOException {
    String b = "bumps-00000008";
    JsonNode first = tsdb(where, "similar", A, "-k2", "--format", "json").json();
    JsonNode second = tsdb(where, "similar", b, "-k2", "--format", "json").json();
    assertEquals(
        "[" + first + "," + second + "]",
        tsdb(where, "similar", A, b, "-k2", "--format", "json").json().toString());
    List<String> csv = new ArrayList<>(List.of("query,id,distance,lag"));
    List<String> table =
        new ArrayList<>(List.of("query           id                 distance  lag    shift"));
    for (String id : List.of(A, b)) {
      tsdb(where, "similar", id, "-k2", "--format", "csv").lines().stream()
          .skip(1)
          .forEach(line -> csv.add(id + "," + line));
      tsdb(where, "similar", id, "-k2").lines().stream()
          .skip(1)
          .forEach(line -> table.add(id + "  " + line));
    }
    assertEquals(csv, tsdb(where, "similar", A, b, "-k2", "--format", "csv").answered().lines());
    assertEquals(table, tsdb(where, "similar", A, b, "-k2").answered().lines());
    List<String> explained = tsdb(where, "similar", A, "-k2", b, "--explain").answered().lines();
    assertEquals(table, explained.subList(0, table.size()));
    assertEquals("", explained.get(table.size()));
    assertTrue(explained.get(table.size() + 1).matches("query +search +value"));
    for (String id : List.of(A, b)) {
      assertEquals(
          1,
          explained.stream()
              .filter(line -> line.matches(id + "  exact distances +[0-9]+"))
              .count());
    }
    tsdb(where, "similar", A, "nobody", b)
        .failed(1, "INVALID_KEY: no series has this id: id=nobody");
  }

  @ParameterizedTest
  @EnumSource
  void aSpentBudgetIsSaidOnStandardError(Where where) throws IOException {
    String warning =
        "the budget was spent: series at distance 0\\.[0-9]{9} or more may be missing\n";
    String[] search = {"similar", A, "-k30", "--budget-distances", "3"};
    Run table = tsdb(where, search);
    assertEquals(0, table.code());
    assertEquals(4, table.lines().size());
    assertTrue(table.err().matches(warning), table::toString);
    Run csv = tsdb(where, "similar", A, "-k30", "--budget-ms=0", "--format", "csv");
    assertEquals("id,distance,lag\n", csv.out());
    assertTrue(csv.err().matches(warning), csv::toString);
    Run two = tsdb(where, "similar", A, "bumps-00000008", "-k30", "--budget-distances=0");
    assertTrue(two.err().matches(A + ": " + warning + "bumps-00000008: " + warning), two::toString);
    String request = "{\"op\":\"with_id\",\"id\":\"" + A + "\",\"k\":30,";
    Run json = tsdb(where, "similar", A, "-k30", "--budget-distances=3", "--format", "json");
    JsonNode expected = payload(request + "\"budget\":{\"exact_distances\":3}}");
    assertEquals(where == Where.SERVER ? Json.toText(expected) + "\n" : json.out(), json.out());
    assertTrue(json.out().contains("\"exact\":false,\"complete_within\":0."), json::toString);
    assertTrue(json.err().matches(warning), json::toString);
    // A budget that is not spent is not mentioned.
    assertEquals(
        tsdb(where, "similar", A).answered().out(),
        tsdb(where, "similar", A, "--budget-distances=50", "--budget-ms=1e9").answered().out());
    List<String> lines = tsdb(where, "similar", A, "--explain").answered().lines();
    for (String row : List.of("exact +yes", "unexamined +0", "pruned by simplex  +[0-9]+")) {
      assertTrue(lines.stream().anyMatch(line -> line.matches(row)), lines::toString);
    }
    Run explained = tsdb(where, "similar", A, "-k30", "--budget-distances=3", "--explain");
    assertTrue(
        explained.out().matches("(?s).*\nexact +no\ncomplete within +0\\.[0-9]{9}\n"),
        explained::toString);
  }

  @Test
  void aPictureIsTheSameWhereverTheDatabaseIs(@TempDir Path temporary) throws IOException {
    List<String> pictures = new ArrayList<>();
    for (Where where : Where.values()) {
      Path file = temporary.resolve(where + ".svg");
      tsdb(where, "similar", A, "-k2", "--plot", file.toString()).answered();
      pictures.add(Files.readString(file));
    }
    assertEquals(pictures.get(0), pictures.get(1));
    assertTrue(pictures.get(0).contains(A + " and 2 neighbors"), pictures.get(0));
  }

  @ParameterizedTest
  @EnumSource
  void aSeriesComesAndGoes(Where where, @TempDir Path temporary) throws IOException {
    Path file = temporary.resolve("star.dat_folded");
    Files.writeString(file, "# a star\ntime mag\n3.5 1\n1, 2.5\n20.25\t4\n");
    String[] insert = {
      "insert",
      "a star",
      "--file",
      file.toString(),
      "--period",
      "0.75",
      "--attribute",
      "type=ab",
      "--attribute",
      "gaia=5853498713190525696",
      "--attribute",
      "mag=15.0",
      "--attribute",
      "ok=true"
    };
    assertEquals("inserted a star\n", tsdb(where, insert).answered().out());
    JsonNode stored = tsdb(where, "get", "a star", "--format", "json").json();
    assertEquals("[[3.5,1.0,20.25],[1.0,2.5,4.0]]", stored.get("ts").toString());
    assertEquals(0.75, stored.get("period").doubleValue());
    assertEquals(
        "{\"gaia\":5853498713190525696,\"mag\":15.0,\"ok\":true,\"type\":\"ab\"}",
        stored.get("attributes").toString());
    assertEquals(
        "time,value\n3.5,1.0\n1.0,2.5\n20.25,4.0\n",
        tsdb(where, "get", "a star", "--format", "csv").answered().out());
    assertEquals(
        List.of(
            "time   value",
            "3.5    1.0",
            "1.0    2.5",
            "20.25  4.0",
            "# period = 0.75",
            "# gaia = 5853498713190525696",
            "# mag = 15.0",
            "# ok = true",
            "# type = ab"),
        tsdb(where, "get", "a star").answered().lines());

    tsdb(where, insert).failed(1, "INVALID_KEY: id must not be taken: id=a star");
    Files.writeString(file, "0 1\n0.5 2\n");
    String path = file.toString();
    assertEquals(
        "{\"id\":\"a star\",\"created\":false}",
        tsdb(where, "insert", "a star", "--file", path, "--replace", "--format", "json")
            .json()
            .toString());
    assertEquals(
        "[[0.0,0.5],[1.0,2.0]]",
        tsdb(where, "get", "a star", "--format", "json").json().get("ts").toString());
    assertEquals(
        "id,created\nnew,true\n",
        tsdb(where, "insert", "new", "--file", path, "--replace", "--format", "csv")
            .answered()
            .out());
    assertEquals(
        "replaced new\n",
        tsdb(where, "insert", "new", "--file", path, "--replace").answered().out());
    assertEquals("deleted new\n", tsdb(where, "delete", "new").answered().out());
    assertEquals(
        "{\"id\":\"a star\"}",
        tsdb(where, "delete", "a star", "--format", "json").json().toString());
    tsdb(where, "delete", "a star").failed(1, "INVALID_KEY: no series has this id: id=a star");
    tsdb(where, "get", "a star").failed(1, "INVALID_KEY: no series has this id: id=a star");
    tsdb(where, "similar", "a star").failed(1, "INVALID_KEY: no series has this id: id=a star");
    tsdb(where, "get", "").failed(1, "INVALID_KEY: id must have at least 1 byte");
    tsdb(where, "insert", "a\tb", "--file", path)
        .failed(1, "INVALID_KEY: id must not have control characters");
  }

  @ParameterizedTest
  @EnumSource
  void filesThatAreNoSeries(Where where, @TempDir Path temporary) throws IOException {
    Path empty = Files.createFile(temporary.resolve("empty.csv"));
    Path bad = Files.writeString(temporary.resolve("bad.csv"), "0 1\n0.5 x\n0.7 2\n");
    Path constant = Files.writeString(temporary.resolve("constant.csv"), "0 1\n0.5 1\n");
    Path days = Files.writeString(temporary.resolve("days.csv"), "1 1\n7 3\n");
    Path missing = temporary.resolve("missing.csv");
    for (String verb : List.of("insert new --file", "similar --file")) {
      String rule = "file must have at least 1 row of data";
      file(where, verb, empty).failed(1, "INVALID_COMPONENT: " + empty + ":1: " + rule);
      file(where, verb, bad).failed(1, bad + ":2: value must be a number: text='x'");
      file(where, verb, constant).failed(1, constant + ":1: series must not be constant");
      file(where, verb, days).failed(1, "INVALID_COMPONENT: times must be phases in [0, 1)");
      file(where, verb, missing).failed(1, "INVALID_COMPONENT: file must exist: file=" + missing);
      file(where, verb, temporary).failed(1, temporary + ": is a directory");
    }
    tsdb(where, "similar", "--file", days.toString(), "--period", "0")
        .failed(1, "INVALID_COMPONENT: period must be finite and greater than 0: period=0.0");
    tsdb(where, "get", "new").failed(1, "INVALID_KEY");
  }

  private Run file(Where where, String verb, Path file) {
    return tsdb(where, (verb + " " + file).split(" "));
  }

  @ParameterizedTest
  @EnumSource
  void vantagePointsAreListedAndAdded(Where where) throws IOException {
    List<String> before = tsdb(where, "vantage-points", "list").answered().lines();
    assertEquals("id", before.get(0));
    String id = "bumps-00000030";
    assertTrue(!before.contains(id), before::toString);
    assertEquals(
        "{\"id\":\"" + id + "\",\"vantage_points\":" + before.size() + "}",
        tsdb(where, "vantage-points", "add", id, "--format", "json").json().toString());
    List<String> after = tsdb(where, "vantage-points", "list").answered().lines();
    assertEquals(id, after.get(after.size() - 1));
    assertEquals(
        String.join("\n", after) + "\n",
        tsdb(where, "vantage-points", "list", "--format", "csv").answered().out());
    tsdb(where, "vantage-points", "add", id).failed(1, "INVALID_KEY: ");
    tsdb(where, "vantage-points", "add", "nobody").failed(1, "INVALID_KEY: no series has this id");
    List<String> stats =
        tsdb(where, "stats").answered().lines().stream()
            .map(line -> line.replaceAll(" {2,}", ": "))
            .toList();
    assertTrue(stats.contains("vantage points: " + (after.size() - 1)), stats::toString);
    assertTrue(stats.contains("wanted vantage points: 3"), stats::toString);
    assertTrue(stats.contains("length: 128"), stats::toString);
  }

  @Test
  void optionsMayStandBeforeTheVerbToo() throws IOException {
    String expected = tsdb(Where.SERVER, "list", "--limit", "2").answered().out();
    assertEquals("id\nbumps-00000001\nbumps-00000002\n", expected);
    String address = server.address();
    assertEquals(expected, Run.here("--server", address, "list", "--limit", "2").answered().out());
    assertEquals(expected, Run.here("list", "--server", address, "--limit=2").answered().out());
    assertEquals(
        "[\"bumps-00000001\"]",
        Run.here("--format", "json", "--db", served.toString(), "list", "--limit", "1")
            .json()
            .toString());
    assertEquals(
        tsdb(Where.SERVER, "vantage-points", "list").answered().out(),
        Run.here("vantage-points", "--server", address, "--format=csv", "list").answered().out());
  }

  @Test
  void aDatabaseThatAServerHasOpenIsNotWrittenTo() {
    Run.here("delete", A, "--db", served.toString()).failed(1, "UNAVAILABLE: ");
  }
}
