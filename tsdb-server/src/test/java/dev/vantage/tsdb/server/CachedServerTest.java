package dev.vantage.tsdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.CachePolicy;
import dev.vantage.tsdb.CacheSettings;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.engine.ScanModel;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.server.dispatch.RequestLimits;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server with a cache gives the same answers as a server without one. */
class CachedServerTest {
  private static final int LENGTH = 16;
  private static final Settings SETTINGS =
      Settings.DEFAULT.withLength(LENGTH).withVantagePoints(2).withSeed(3);
  private static final ServerOptions OPTIONS = ServerOptions.DEFAULT.withPort(0);

  private static TsdbServer start(Tsdb tsdb, CacheSettings cache) throws IOException {
    return TsdbServer.start(tsdb, OPTIONS.withCache(cache));
  }

  private static String text(TimeSeries series) {
    return Arrays.toString(series.values());
  }

  private static void insert(TestClient client, String id, TimeSeries series) throws IOException {
    client.payload(
        "{\"op\":\"insert\",\"replace\":true,\"id\":\"" + id + "\",\"ts\":" + text(series) + "}");
  }

  private static List<Neighbor> neighbors(JsonNode payload) {
    return StreamSupport.stream(payload.spliterator(), false)
        .map(
            one ->
                new Neighbor(
                    one.get("id").textValue(),
                    one.get("distance").doubleValue(),
                    one.get("lag").intValue()))
        .toList();
  }

  private static JsonNode stats(TestClient client) throws IOException {
    return client.payload("{\"op\":\"cache_stats\"}");
  }

  @ParameterizedTest
  @EnumSource
  void everyAnswerIsThatOfALinearScan(CachePolicy policy) throws IOException {
    Random random = Seeds.random("cached server " + policy);
    RandomSeries series = new RandomSeries(random.nextLong(), LENGTH);
    ScanModel model = new ScanModel(SETTINGS);
    List<TimeSeries> queries = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      queries.add(series.next());
    }
    try (Tsdb tsdb = Tsdb.inMemory(SETTINGS, 1);
        TsdbServer server = start(tsdb, new CacheSettings(1, policy));
        TestClient client = new TestClient(server.port())) {
      for (int step = 0; step < 3000; step++) {
        if (model.size() < 5 || random.nextInt(10) == 0) {
          String id = "s-" + random.nextInt(30);
          TimeSeries next = series.next();
          insert(client, id, next);
          model.put(id, next);
        } else if (random.nextInt(20) == 0) {
          String id = model.anyId(random);
          if (client.status("{\"op\":\"delete\",\"id\":\"" + id + "\"}") == 0) {
            model.remove(id);
          }
        } else {
          compare(model, client, queries, random);
        }
      }
      JsonNode stats = stats(client);
      assertTrue(stats.get("hits").longValue() > 100, stats::toString);
      assertTrue(stats.get("misses").longValue() > 100, stats::toString);
    }
  }

  private static void compare(
      ScanModel model, TestClient client, List<TimeSeries> queries, Random random)
      throws IOException {
    int k = 1 + random.nextInt(3);
    boolean bounded = random.nextBoolean();
    Query query = Query.like("any").nearest(k);
    String rest = ",\"k\":" + k;
    if (bounded) {
      query = Query.like("any").within(0.5).nearest(k);
      rest += ",\"radius\":0.5";
    }
    if (random.nextBoolean()) {
      String id = model.ids().get(random.nextInt(Math.min(5, model.size())));
      assertEquals(
          model.similar(id, query),
          neighbors(client.payload("{\"op\":\"with_id\",\"id\":\"" + id + "\"" + rest + "}")));
    } else {
      TimeSeries asked = queries.get(random.nextInt(queries.size()));
      assertEquals(
          model.similar(asked, query),
          neighbors(client.payload("{\"op\":\"with_ts\",\"ts\":" + text(asked) + rest + "}")));
    }
  }

  @Test
  void noAnswerIsOlderThanItsQuestion() throws Exception {
    try (Tsdb tsdb = Tsdb.inMemory(SETTINGS, 1);
        TsdbServer server = start(tsdb, CacheSettings.DEFAULT)) {
      assertEquals(List.of(), new NewestVersion(server.port(), 400).run(3));
      try (TestClient client = new TestClient(server.port())) {
        assertTrue(stats(client).get("hits").longValue() > 0);
      }
    }
  }

  @Test
  void aServerThatReadsGivesWhatItHasTakenUp(@TempDir Path directory) throws IOException {
    RandomSeries series = new RandomSeries(1, LENGTH);
    OpenOptions toRead = OpenOptions.DEFAULT.withAccess(OpenOptions.Access.READ_ONLY);
    try (Tsdb writer = Tsdb.open(directory, OpenOptions.DEFAULT.withSettings(SETTINGS))) {
      writer.insert("a", series.next());
      writer.insert("b", series.next());
      try (EmbeddedTsdb reader = Tsdb.open(directory, toRead);
          TsdbServer server = start(reader, CacheSettings.DEFAULT);
          TestClient client = new TestClient(server.port())) {
        String request = "{\"op\":\"with_id\",\"id\":\"a\"}";
        for (int i = 0; i < 3; i++) {
          assertEquals(1 + i, client.payload(request).size());
          assertEquals(1 + i, client.payload(request).size());
          writer.insert("c-" + i, series.next());
          reader.refresh();
        }
        assertEquals(3, stats(client).get("hits").longValue());
      }
    }
  }

  @Test
  void attributesOfACachedAnswerAreThoseOfItsRequestAndOfToday() throws IOException {
    try (Tsdb tsdb = Tsdb.inMemory(SETTINGS, 1);
        TsdbServer server = start(tsdb, CacheSettings.DEFAULT);
        TestClient client = new TestClient(server.port())) {
      client.payload("{\"op\":\"insert\",\"id\":\"a\",\"ts\":[1,2,4]}");
      String put =
          "{\"op\":\"insert\",\"id\":\"b\",\"replace\":true,\"ts\":[1,2,3],\"attributes\":";
      String search = "{\"op\":\"with_id\",\"id\":\"a\",\"attributes\":";
      for (int n = 0; n < 3; n++) {
        client.payload(put + "{\"n\":" + n + ",\"t\":\"x\"}}");
        for (int again = 0; again < 2; again++) {
          assertEquals(
              "{\"n\":" + n + "}",
              client.payload(search + "[\"n\"]}").at("/0/attributes").toString());
          assertEquals(
              "{\"n\":" + n + ",\"t\":\"x\"}",
              client.payload(search + "[\"n\",\"t\"]}").at("/0/attributes").toString());
          assertTrue(client.payload(search + "[]}").at("/0/attributes").isMissingNode());
        }
      }
      assertEquals(9, stats(client).get("hits").longValue());
      client.payload("{\"op\":\"set_attributes\",\"id\":\"b\",\"attributes\":{\"n\":null}}");
      assertEquals(
          "{\"t\":\"x\"}",
          client.payload(search + "[\"n\",\"t\"]}").at("/0/attributes").toString());
    }
  }

  @Test
  void onlyExactAnswersOfABudgetAreKept() throws IOException {
    RandomSeries series = new RandomSeries(2, LENGTH);
    try (Tsdb tsdb = Tsdb.inMemory(SETTINGS, 1);
        TsdbServer server = start(tsdb, CacheSettings.DEFAULT);
        TestClient client = new TestClient(server.port())) {
      for (int i = 0; i < 20; i++) {
        insert(client, "s-" + i, series.next());
      }
      String start = "{\"op\":\"with_id\",\"id\":\"s-0\",\"k\":19,\"budget\":{\"exact_distances\":";
      for (int i = 0; i < 2; i++) {
        assertFalse(client.payload(start + "0}}").at("/report/exact").booleanValue());
      }
      assertEquals(0, stats(client).get("items").longValue());
      assertTrue(client.payload(start + "1000}}").at("/report/exact").booleanValue());
      assertEquals(1, stats(client).get("items").longValue());
      // A cached answer needs no budget.
      assertTrue(client.payload(start + "0}}").at("/report/exact").booleanValue());
      assertEquals(1, stats(client).get("hits").longValue());
    }
  }

  @Test
  void whatIsKnownIsAnsweredWhileEveryWorkerIsBusy() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (Tsdb target = Tsdb.inMemory(SETTINGS, 1)) {
      Tsdb tsdb =
          new ForwardingTsdb(target) {
            @Override
            public SearchResult search(Query query) {
              if (query.id().equals(Optional.of("b"))) {
                busy.countDown();
                await(go);
              }
              return super.search(query);
            }

            @Override
            public OptionalLong changeCount() {
              return target.changeCount();
            }
          };
      ServerOptions options = OPTIONS.withRequests(RequestLimits.DEFAULT.withWorkers(1, 1));
      try (TsdbServer server = TsdbServer.start(tsdb, options);
          TestClient blocked = new TestClient(server.port());
          TestClient client = new TestClient(server.port())) {
        insert(client, "a", TimeSeries.ofValues(1, 2, 3));
        insert(client, "b", TimeSeries.ofValues(1, 3, 2));
        JsonNode first = client.payload("{\"op\":\"with_id\",\"id\":\"a\"}");
        blocked.send("{\"op\":\"with_id\",\"id\":\"b\"}");
        busy.await();
        assertEquals(first, client.payload("{\"id\":\"a\",\"op\":\"with_id\",\"k\":5}"));
        assertEquals(1, stats(client).get("hits").longValue());
        assertEquals(1, client.payload("{\"op\":\"cache_clear\"}").get("dropped").intValue());
        go.countDown();
        assertEquals(0, blocked.receive().get("status").intValue());
      } finally {
        go.countDown();
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError("test was interrupted", e);
    }
  }

  @Test
  void aChangeOfAttributesEndsKeptAnswers() throws IOException {
    try (Tsdb tsdb = Tsdb.inMemory(SETTINGS, 1);
        TsdbServer server = start(tsdb, CacheSettings.DEFAULT);
        TestClient client = new TestClient(server.port())) {
      insert(client, "a", TimeSeries.ofValues(1, 2, 3));
      insert(client, "b", TimeSeries.ofValues(1, 3, 2));
      String change = "{\"op\":\"set_attributes\",\"id\":\"b\",\"attributes\":{\"x\":%s}}";
      String question = "{\"op\":\"with_id\",\"id\":\"a\",\"where\":\"x = 1\"}";
      client.payload(change.formatted("1"));
      assertEquals(1, client.payload(question).size());
      assertEquals(1, client.payload(question).size());
      assertEquals(1, stats(client).get("hits").longValue());
      client.payload(change.formatted("null"));
      assertEquals(0, client.payload(question).size());
      client.payload(change.formatted("1"));
      assertEquals(1, client.payload(question).size());
    }
  }

  @Test
  void aFailureIsNotKept() throws IOException {
    try (Tsdb tsdb = Tsdb.inMemory(SETTINGS, 1);
        TsdbServer server = start(tsdb, CacheSettings.DEFAULT);
        TestClient client = new TestClient(server.port())) {
      insert(client, "a", TimeSeries.ofValues(1, 2, 3));
      String unknown = "{\"op\":\"with_id\",\"id\":\"b\"}";
      assertEquals(3, client.status(unknown));
      assertEquals(3, client.status(unknown));
      String undeclared = "{\"op\":\"with_id\",\"id\":\"a\",\"where\":\"x = 1\"}";
      assertEquals(4, client.status(undeclared));
      client.payload("{\"op\":\"add_attribute\",\"name\":\"x\",\"type\":\"long\"}");
      assertEquals(0, client.payload(undeclared).size());
      insert(client, "b", TimeSeries.ofValues(1, 3, 2));
      assertEquals(1, client.payload(unknown).size());
      assertEquals(0, stats(client).get("hits").longValue());
    }
  }

  @Test
  void theOperationsAnswerAsTheTableSays() throws IOException {
    try (Tsdb tsdb = Tsdb.inMemory(SETTINGS, 1);
        TsdbServer server = start(tsdb, new CacheSettings(2, CachePolicy.LRU));
        TestClient client = new TestClient(server.port())) {
      insert(client, "a", TimeSeries.ofValues(1, 2, 3));
      for (int i = 0; i < 4; i++) {
        JsonNode answer =
            client.ask("{\"tag\":\"" + i + "\",\"op\":\"with_id\",\"id\":\"a\",\"x\":" + i + "}");
        assertEquals(
            "{\"op\":\"with_id\",\"status\":0,\"payload\":[],\"tag\":\"" + i + "\"}",
            answer.toString());
      }
      JsonNode stats = stats(client);
      assertEquals(
          "{\"capacity_mb\":2,\"policy\":\"lru\",\"items\":1,\"bytes\":"
              + stats.get("bytes")
              + ",\"requests\":4,\"hits\":3,\"misses\":1,\"hit_rate\":0.75,\"miss_rate\":0.25,"
              + "\"evictions\":0,\"interval_ms\":5000,\"samples\":"
              + stats.get("samples")
              + "}",
          stats.toString());
      assertEquals(
          "{\"capacity_mb\":2,\"policy\":\"lru\"}",
          client.payload("{\"op\":\"cache_config\"}").toString());
      assertEquals(
          "{\"capacity_mb\":3,\"policy\":\"tinylfu\"}",
          client
              .payload("{\"op\":\"cache_config\",\"policy\":\"tinylfu\",\"capacity_mb\":3}")
              .toString());
      assertEquals("{\"dropped\":0}", client.payload("{\"op\":\"cache_clear\"}").toString());
      client.payload("{\"op\":\"with_id\",\"id\":\"a\"}");
      assertEquals("{\"dropped\":1}", client.payload("{\"op\":\"cache_clear\"}").toString());
      assertEquals(4, client.status("{\"op\":\"cache_config\",\"capacity_mb\":-1}"));
      assertEquals(4, client.status("{\"op\":\"cache_config\",\"policy\":\"fifo\"}"));
      assertEquals(4, client.status("{\"op\":\"cache_config\",\"capacity_mb\":1048576}"));
      assertEquals(3, stats(client).get("capacity_mb").intValue());
    }
  }

  @Test
  void aClosedServerTakesNoMoreSamples() throws IOException {
    try (Tsdb tsdb = Tsdb.inMemory(SETTINGS, 1)) {
      start(tsdb, CacheSettings.DEFAULT).close();
      TestServer.await("no thread takes samples", () -> samplers() == 0);
    }
  }

  private static long samplers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("tsdb-cache"))
        .count();
  }
}
