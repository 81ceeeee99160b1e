package dev.vantage.tsdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Fifty clients at once, each with ids of its own, checked against a map in the client. */
class ManyClientsTest {
  private static final int CLIENTS = 50;
  private static final int REQUESTS = 120;

  @Test
  void everyClientFindsWhatItDid() throws Exception {
    long seed = Seeds.seed("many clients");
    Tsdb tsdb = Databases.empty();
    tsdb.insert("anchor", TimeSeries.ofValues(1, 2, 3, 9));
    tsdb.insert("other", TimeSeries.ofValues(9, 2, 3, 9));
    SortedMap<String, Double> all = new TreeMap<>();
    try (TsdbServer server = TestServer.start(tsdb, TestServer.WIDE)) {
      ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
      List<Callable<Map<String, Double>>> tasks = new ArrayList<>();
      for (int c = 0; c < CLIENTS; c++) {
        String prefix = String.format("c%02d-", c);
        Random random = new Random(seed + c);
        tasks.add(() -> new Model(prefix, random).run(server.port()));
      }
      for (Future<Map<String, Double>> task : clients.invokeAll(tasks)) {
        all.putAll(task.get());
      }
      clients.shutdown();
      try (TestClient client = new TestClient(server.port())) {
        checkIds(client, all);
        checkSearch(client, tsdb);
      }
    }
    TestServer.await("no thread is left", () -> TestServer.threads() == 0);
    tsdb.close();
  }

  private static void checkIds(TestClient client, SortedMap<String, Double> all) throws Exception {
    List<String> ids = new ArrayList<>();
    client.payload("{\"op\":\"ids\",\"limit\":1000000}").forEach(id -> ids.add(id.textValue()));
    ids.removeAll(List.of("anchor", "other"));
    assertEquals(List.copyOf(all.keySet()), ids);
  }

  private static void checkSearch(TestClient client, Tsdb tsdb) throws Exception {
    JsonNode found = client.payload("{\"op\":\"with_id\",\"id\":\"anchor\",\"k\":20}");
    List<Neighbor> neighbors = new ArrayList<>();
    for (JsonNode node : found) {
      neighbors.add(
          new Neighbor(
              node.get("id").textValue(),
              node.get("distance").doubleValue(),
              node.get("lag").intValue()));
    }
    assertEquals(tsdb.search(Query.like("anchor").nearest(20)).neighbors(), neighbors);
  }

  /** The writes of one client, and the answers it must therefore get. */
  private static final class Model {
    private final String prefix;
    private final Random random;
    private final TreeMap<String, Double> values = new TreeMap<>();
    private double lastValue;

    Model(String prefix, Random random) {
      this.prefix = prefix;
      this.random = random;
    }

    Map<String, Double> run(int port) throws Exception {
      try (TestClient client = new TestClient(port)) {
        for (int i = 0; i < REQUESTS; i++) {
          step(client, prefix + random.nextInt(10));
        }
      }
      return values;
    }

    private void step(TestClient client, String id) throws Exception {
      boolean stored = values.containsKey(id);
      String idField = "\"id\":\"" + id + "\"";
      switch (random.nextInt(6)) {
        case 0 -> {
          int status = client.status("{\"op\":\"insert\"," + idField + "," + newTs() + "}");
          assertEquals(stored ? 3 : 0, status);
          if (!stored) {
            values.put(id, lastValue);
          }
        }
        case 1 -> {
          JsonNode done =
              client.payload(
                  "{\"op\":\"insert\"," + idField + "," + newTs() + ",\"replace\":true}");
          assertEquals(!stored, done.get("created").booleanValue());
          values.put(id, lastValue);
        }
        case 2 -> {
          assertEquals(stored ? 0 : 3, client.status("{\"op\":\"delete\"," + idField + "}"));
          values.remove(id);
        }
        case 3 -> {
          JsonNode got = client.ask("{\"op\":\"get\"," + idField + "}");
          assertEquals(stored ? 0 : 3, got.get("status").intValue());
          if (stored) {
            assertEquals(values.get(id), got.at("/payload/ts/1/1").doubleValue());
          }
        }
        case 4 -> checkOwnIds(client);
        default -> checkOwnSearch(client, id, stored);
      }
    }

    private String newTs() {
      lastValue = random.nextDouble();
      return "\"ts\":[0.5," + lastValue + ",2,-1]";
    }

    private void checkOwnIds(TestClient client) throws Exception {
      JsonNode ids = client.payload("{\"op\":\"ids\",\"after\":\"" + prefix + "\",\"limit\":10}");
      List<String> own = new ArrayList<>();
      ids.forEach(id -> own.add(id.textValue()));
      own.removeIf(id -> !id.startsWith(prefix));
      assertEquals(List.copyOf(values.keySet()), own);
    }

    private void checkOwnSearch(TestClient client, String id, boolean stored) throws Exception {
      JsonNode answer =
          client.ask("{\"op\":\"with_id\",\"id\":\"" + id + "\",\"k\":1,\"include_self\":true}");
      assertEquals(stored ? 0 : 3, answer.get("status").intValue());
      if (stored) {
        assertTrue(answer.at("/payload/0/distance").doubleValue() < 1e-6, answer::toString);
      }
    }
  }
}
