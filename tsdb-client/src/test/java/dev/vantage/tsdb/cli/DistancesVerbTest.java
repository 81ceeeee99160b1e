package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.Match;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.client.ClientOptions;
import dev.vantage.tsdb.client.ServerProcess;
import dev.vantage.tsdb.client.TsdbClient;
import dev.vantage.tsdb.metric.GoldenDistances;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Distances by name: from the command line to a socket. */
class DistancesVerbTest {
  private static final int LENGTH = 64;
  private static final double TOLERANCE = 1e-9;
  private static final double CANCELLED = 1e-6;
  private static final Path STARS =
      Path.of(System.getProperty("tsdb.project"), "../shared/data/rrlyrae");

  private final GoldenDistances golden = new GoldenDistances();

  @TempDir private Path directory;

  private static Set<MetricSpec> specs() {
    Set<MetricSpec> specs = new LinkedHashSet<>();
    new GoldenDistances().pairs().forEach(pair -> specs.add(GoldenDistances.spec(pair, LENGTH)));
    return specs;
  }

  private String database() {
    return directory.resolve("db").toString();
  }

  private void create(MetricSpec spec, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("create", "--db", database(), "--distance", spec.name()));
    spec.parameters()
        .forEach((name, value) -> arguments.addAll(List.of("--parameter", name + "=" + value)));
    arguments.addAll(Arrays.asList(more));
    Run.here(arguments.toArray(String[]::new)).answered();
  }

  /** The shapes as series of a database, and every pair through a socket and the command line. */
  @ParameterizedTest
  @MethodSource("specs")
  void pairsHaveTheirDistances(MetricSpec spec) throws Exception {
    create(spec, "--length", "" + LENGTH);
    Map<String, Map<String, Double>> expected = new LinkedHashMap<>();
    for (JsonNode pair : golden.pairs()) {
      if (GoldenDistances.spec(pair, LENGTH).equals(spec)) {
        String x = pair.get("x").textValue();
        String y = pair.get("y").textValue();
        double distance = pair.get("distance").doubleValue();
        expected.computeIfAbsent(x, name -> new LinkedHashMap<>()).put(y, distance);
        expected.computeIfAbsent(y, name -> new LinkedHashMap<>()).put(x, distance);
      }
    }
    try (ServerProcess server = ServerProcess.start(Path.of(database()), 0);
        TsdbClient client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
      assertEquals(spec.name(), client.stats().settings().metric().name());
      for (String name : expected.keySet()) {
        client.insert(new SeriesEntry(name, TimeSeries.ofValues(golden.shape(name))));
      }
      for (String name : expected.keySet()) {
        Query query = Query.like(name).nearest(100).includingSelf();
        check(expected.get(name), client.search(query).neighbors());
      }
    }
    String first = expected.keySet().iterator().next();
    List<Neighbor> found = new ArrayList<>();
    for (JsonNode node :
        Run.here("similar", first, "-k", "100", "--db", database(), "--format", "json").json()) {
      found.add(new Neighbor(node.get("id").textValue(), node.get("distance").doubleValue(), 0));
    }
    assertTrue(found.size() > 4, found::toString);
    check(expected.get(first), found);
  }

  private static void check(Map<String, Double> expected, List<Neighbor> found) {
    for (Neighbor neighbor : found) {
      double distance = expected.get(neighbor.id());
      double wanted = distance < CANCELLED ? 0 : distance;
      assertEquals(wanted, neighbor.distance(), TOLERANCE, neighbor::id);
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  @Tag("long")
  void starsHaveTheirNeighbors(MetricSpec spec) throws Exception {
    assumeTrue(Files.exists(STARS), () -> "needs " + STARS);
    create(spec, "--length", "" + LENGTH);
    assertEquals(0, ReferenceNeighborsTest.importStars(database()).code());
    try (ServerProcess server = ServerProcess.start(Path.of(database()), 0);
        TsdbClient client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
      int checked = 0;
      for (JsonNode query : golden.queries()) {
        if (!GoldenDistances.spec(query, LENGTH).equals(spec)) {
          continue;
        }
        String id = query.get("id").textValue() + "_g";
        JsonNode expected = query.get("neighbours");
        JsonNode found =
            Run.here(
                    "similar",
                    id,
                    "-k",
                    "" + expected.size(),
                    "--server",
                    server.address().toString(),
                    "--format",
                    "json")
                .json();
        List<Neighbor> served = client.search(Query.like(id).nearest(expected.size())).neighbors();
        for (int rank = 0; rank < expected.size(); rank++) {
          String wanted = expected.get(rank).get("id").textValue() + "_g";
          double distance = expected.get(rank).get("distance").doubleValue();
          assertEquals(wanted, found.get(rank).get("id").textValue());
          assertEquals(distance, found.get(rank).get("distance").doubleValue(), TOLERANCE);
          assertEquals(wanted, served.get(rank).id());
          assertEquals(distance, served.get(rank).distance(), TOLERANCE);
        }
        checked++;
      }
      assertEquals(5, checked);
    }
  }

  @Test
  void listsEveryDistance() throws IOException {
    List<String> names = new ArrayList<>();
    for (JsonNode one : Run.here("distances", "--format", "json").json()) {
      names.add(one.get("name").textValue());
      if (one.get("name").textValue().startsWith("toy-")) {
        continue; // a distance of the tests
      }
      assertTrue(!one.get("compares").textValue().isEmpty(), one::toString);
      assertEquals(
          !one.get("name").textValue().equals("dtw"), one.get("triangle_inequality").asBoolean());
    }
    assertTrue(
        names.containsAll(
            List.of("dtw", "erp", "euclidean", "kernelised-cross-correlation", "msm", "twe")),
        names::toString);
    assertEquals(names.size() + 1, Run.here("distances").answered().lines().size());
  }

  private static Stream<List<String>> badUsages() {
    return Stream.of(
        List.of("--distance", "none-such"),
        List.of("--distance", "dtw", "--multiplier", "3"),
        List.of("--distance", "msm", "--parameter", "cost=0"),
        List.of("--multiplier", "0"),
        List.of("--multiplier", "many"),
        List.of("--multiplier", "3", "--parameter", "multiplier=3"),
        List.of("--parameter", "gap=1"));
  }

  @ParameterizedTest
  @MethodSource("badUsages")
  void aWrongDistanceIsBadUsage(List<String> options) {
    List<String> arguments = new ArrayList<>(List.of("create", "--db", database()));
    arguments.addAll(options);
    Run run = Run.here(arguments.toArray(String[]::new));
    assertEquals(2, run.code(), run::toString);
    assertTrue(Files.notExists(Path.of(database())));
  }

  @Test
  void anExportIsRestoredUnderAnotherDistance() throws IOException {
    create(new MetricSpec("dtw", Map.of()), "--length", "32");
    Path file = directory.resolve("made.csv");
    Run.here("generate", "--count", "30", "--seed", "1", "--output", file.toString()).answered();
    assertEquals(0, Run.here("import", "--db", database(), file.toString()).code());
    Path export = directory.resolve("export");
    Path backup = directory.resolve("backup");
    Run.here("export", "--db", database(), export.toString()).answered();
    Run.here("backup", "--db", database(), backup.toString()).answered();
    String copy = directory.resolve("copy").toString();
    Run.here("restore", "--db", copy, "--distance", "msm", "--parameter", "cost=2", export + "")
        .answered();
    JsonNode stats = Run.here("stats", "--db", copy, "--format", "json").json();
    assertEquals("msm", stats.get("metric").textValue());
    assertEquals(
        "{\"cost\":2.0,\"standardise\":\"z\"}", stats.get("settings").get("parameters").toString());
    assertEquals(30, stats.get("series").intValue());
    assertEquals(20, stats.get("vantage_points").size());
    Run.here("verify", "--db", copy).answered();
    Run refused = Run.here("restore", "--db", copy + "2", "--distance", "msm", backup.toString());
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("distance of a backup must stay"), refused::err);
  }

  /** Of noise no bound rules anything out. */
  @Test
  void explainSaysWhereBoundsRuleOutLittle() throws Exception {
    create(new MetricSpec("erp", Map.of()), "--length", "16");
    Path file = directory.resolve("noise.csv");
    Random random = new Random(1);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      lines.append("s").append(i);
      for (int t = 0; t < 16; t++) {
        lines.append(',').append(random.nextGaussian());
      }
      lines.append('\n');
    }
    Files.writeString(file, lines);
    assertEquals(0, Run.here("import", "--db", database(), file.toString()).code());
    Run run = Run.here("similar", "s0", "--db", database(), "--explain");
    assertTrue(
        run.err().matches("the bounds ruled out little: \\d+ of 299 series were measured\n"),
        run::toString);
    assertEquals("", Run.here("similar", "s0", "--db", database()).err());
  }

  /** What a distance says of a match beyond its lag passes a socket. */
  @Test
  void matchesPassASocket() throws Exception {
    create(new MetricSpec("phase-invariant", Map.of("reversal", "true")), "--length", "" + LENGTH);
    double[] saw = golden.shape("bump-noisy");
    double[] reversed = new double[LENGTH];
    for (int t = 0; t < LENGTH; t++) {
      reversed[t] = saw[(5 + LENGTH - t) % LENGTH];
    }
    try (ServerProcess server = ServerProcess.start(Path.of(database()), 0);
        TsdbClient client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
      client.insert(new SeriesEntry("saw", TimeSeries.ofValues(saw)));
      client.insert(new SeriesEntry("was", TimeSeries.ofValues(reversed)));
      SearchResult result = client.search(Query.like("saw").nearest(1));
      Match match = result.matches().get(0);
      assertEquals(0, result.neighbors().get(0).distance(), TOLERANCE);
      assertEquals(5, result.neighbors().get(0).lag());
      assertTrue(match.isReversed());
      assertEquals(0, match.shapeDistance().getAsDouble(), TOLERANCE);
    }
    JsonNode json =
        Run.here("similar", "saw", "--db", database(), "--format", "json").json().get(0);
    assertTrue(json.get("reversed").booleanValue(), json::toString);
    Path picture = directory.resolve("picture.svg");
    Run.here("similar", "saw", "--db", database(), "--plot", picture.toString()).answered();
    assertTrue(Files.readString(picture).contains("lag 5, shift +0.0781, reversed"));
    assertEquals(0, json.get("sbd").doubleValue(), TOLERANCE);
  }

  /** The path goes from the first samples to the last, by steps of one, within the window. */
  @Test
  void alignmentsPassASocket() throws Exception {
    create(new MetricSpec("dtw", Map.of("window", "6")), "--length", "" + LENGTH);
    try (ServerProcess server = ServerProcess.start(Path.of(database()), 0);
        TsdbClient client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
      for (String name : List.of("sine", "sine-shifted-by-5")) {
        client.insert(new SeriesEntry(name, TimeSeries.ofValues(golden.shape(name))));
      }
      assertEquals(List.of(), client.search(Query.like("sine")).matches());
      List<Match.Pair> pairs =
          client.search(Query.like("sine").aligned()).matches().get(0).alignment();
      assertEquals(new Match.Pair(0, 0), pairs.get(0));
      assertEquals(new Match.Pair(LENGTH - 1, LENGTH - 1), pairs.get(pairs.size() - 1));
      for (int i = 1; i < pairs.size(); i++) {
        int down = pairs.get(i).query() - pairs.get(i - 1).query();
        int right = pairs.get(i).neighbor() - pairs.get(i - 1).neighbor();
        assertTrue(down + right >= 1 && down >= 0 && down <= 1 && right >= 0 && right <= 1);
        assertTrue(Math.abs(pairs.get(i).query() - pairs.get(i).neighbor()) <= 6);
      }
    }
  }
}
