package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.client.ClientOptions;
import dev.vantage.tsdb.client.RawClient;
import dev.vantage.tsdb.client.ServerProcess;
import dev.vantage.tsdb.client.TsdbClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Light curves of real stars, whose neighbors were computed elsewhere. */
@Tag("long")
class ReferenceNeighborsTest {
  private static final Path STARS =
      Path.of(System.getProperty("tsdb.project"), "../shared/data/rrlyrae");
  private static final double TOLERANCE = 1e-7;
  private static final int K = 10;

  /** A star, and the stars like it. */
  private record Reference(String id, JsonNode neighbors) {}

  private static List<Reference> references(int multiplier) throws IOException {
    try (InputStream in =
        ReferenceNeighborsTest.class.getResourceAsStream("/golden/rrlyrae-neighbours.json")) {
      List<Reference> references = new ArrayList<>();
      for (JsonNode query : new ObjectMapper().readTree(in).get("queries")) {
        if (query.get("multiplier").doubleValue() == multiplier) {
          references.add(
              new Reference(query.get("id").textValue() + "_g", query.get("neighbours")));
        }
      }
      return references;
    }
  }

  @ParameterizedTest(name = "multiplier {0}")
  @ValueSource(ints = {1, 10})
  void neighborsAreThoseOfTheReference(int multiplier, @TempDir Path temporary) throws Exception {
    assumeTrue(Files.exists(STARS), () -> "needs " + STARS);
    String database = temporary.resolve("stars").toString();
    Run.here("create", "--db", database, "--multiplier", "" + multiplier).answered();
    Run imported = importStars(database);
    assertEquals("periods by file: 483\n", imported.err());
    assertEquals("imported 483, replaced 0, refused 0\n", imported.out());
    List<Reference> references = references(multiplier);
    assertEquals(11, references.size());

    for (Reference reference : references) {
      assertMatches(reference, Run.here(search(reference, database)).json());
    }
    for (Reference reference : references.subList(0, 2)) {
      assertMatches(reference, Run.process(search(reference, database)).json());
    }
    try (ServerProcess server = ServerProcess.start(Path.of(database), 0)) {
      try (Tsdb client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
        for (Reference reference : references) {
          assertMatches(
              reference,
              client.search((Query.like("any").nearest(K)).about(reference.id())).neighbors());
          Query withSelf = Query.like("any").nearest(K + 1);
          List<Neighbor> uploaded =
              client.search(withSelf.about(client.get(reference.id()).series())).neighbors();
          assertEquals(reference.id(), uploaded.get(0).id());
          assertMatches(reference, uploaded.subList(1, K + 1));
        }
      }
      try (RawClient raw = new RawClient(server.port())) {
        for (Reference reference : references) {
          String request = "{\"op\":\"with_id\",\"id\":\"" + reference.id() + "\",\"k\":" + K + "}";
          assertMatches(reference, raw.payload(request));
        }
      }
    }
  }

  static Run importStars(String database) {
    return Run.here(
        "import",
        "--db",
        database,
        STARS.resolve("light-curves").toString(),
        "--as",
        "light-curve",
        "--time",
        "time",
        "--value",
        "mag",
        "--group-by",
        "band",
        "--only",
        "g",
        "--periods",
        STARS.resolve("periods.csv").toString());
  }

  private static String[] search(Reference reference, String database) {
    return new String[] {
      "similar", reference.id(), "-k", "" + K, "--db", database, "--format", "json"
    };
  }

  private static void assertMatches(Reference reference, JsonNode payload) {
    assertTrue(payload.isArray());
    List<Neighbor> found = new ArrayList<>();
    for (JsonNode neighbor : payload) {
      found.add(
          new Neighbor(
              neighbor.get("id").textValue(),
              neighbor.get("distance").doubleValue(),
              neighbor.get("lag").intValue()));
    }
    assertMatches(reference, found);
  }

  private static void assertMatches(Reference reference, List<Neighbor> found) {
    assertEquals(K, found.size());
    for (int i = 0; i < K; i++) {
      JsonNode expected = reference.neighbors().get(i);
      String where = "query=" + reference.id() + ", rank=" + i;
      assertEquals(expected.get("id").textValue() + "_g", found.get(i).id(), where);
      assertEquals(
          expected.get("distance").doubleValue(), found.get(i).distance(), TOLERANCE, where);
    }
  }
}
