package dev.vantage.tsdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.server.dispatch.EvalLimits;
import dev.vantage.tsdb.server.dispatch.RequestLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operation {@code eval} through a socket. */
class EvalTest {
  private static final RequestLimits LIMITS = RequestLimits.DEFAULT.withTimeout(TestServer.LONG);

  private EmbeddedTsdb tsdb;

  @BeforeEach
  void fill() {
    tsdb = Tsdb.inMemory(Settings.DEFAULT.withLength(8).withVantagePoints(1), 1);
    tsdb.insert("a", TimeSeries.ofValues(1, 2, 3, 1));
    tsdb.insert("b", TimeSeries.ofValues(1, 2, 3, 2));
    tsdb.insert("c", TimeSeries.ofValues(5, 2, 3, 2));
  }

  @AfterEach
  void close() {
    tsdb.close();
  }

  private static TsdbServer start(Tsdb database, RequestLimits limits) throws IOException {
    return TsdbServer.start(database, ServerOptions.DEFAULT.withPort(0).withRequests(limits));
  }

  private static String request(String program, String more) {
    return "{\"op\":\"eval\",\"program\":\"" + program.replace("\"", "\\\"") + "\"" + more + "}";
  }

  private static JsonNode eval(TestClient client, String program, String more) throws IOException {
    return client.ask(request(program, more));
  }

  private static void assertValue(TestClient client, String expected, String program, String more)
      throws IOException {
    JsonNode answer = eval(client, program, more);
    assertEquals(expected, answer.path("payload").toString(), answer::toString);
    assertEquals(0, answer.path("status").asInt());
  }

  private static JsonNode assertRefused(
      TestClient client, int status, String message, String program, String more)
      throws IOException {
    JsonNode answer = eval(client, program, more);
    assertEquals(status, answer.path("status").asInt(), answer::toString);
    assertTrue(answer.path("message").asText().contains(message), answer::toString);
    return answer;
  }

  @Test
  void valuesHaveTheirJson() throws IOException {
    try (TsdbServer server = start(tsdb, LIMITS);
        TestClient client = new TestClient(server.port())) {
      assertValue(client, "{\"type\":\"nil\",\"value\":null}", "", "");
      assertValue(client, "{\"type\":\"long\",\"value\":3}", "(define x 1) (+ x 2)", "");
      assertValue(client, "{\"type\":\"double\",\"value\":0.5}", "(/ 1 2)", "");
      assertValue(client, "{\"type\":\"keyword\",\"value\":\"k\"}", ":k", "");
      assertValue(
          client,
          "{\"type\":\"list\",\"value\":[1,\"a\",null,true,{\"x\":[2.5]}]}",
          "(list 1 \"a\" nil true (record :x '(2.5)))",
          "");
      assertValue(
          client,
          "{\"type\":\"table\",\"columns\":[{\"name\":\"id\",\"type\":\"text\"}],"
              + "\"rows\":[[\"a\"],[\"b\"]]}",
          "(select (id) :limit 2)",
          "");
      assertEquals("plot", eval(client, "(plot \"a\")", "").at("/payload/type").asText());
    }
  }

  @Test
  void argumentsAreBound() throws IOException {
    try (TsdbServer server = start(tsdb, LIMITS.withSizes(4, 100, 100));
        TestClient client = new TestClient(server.port())) {
      assertValue(
          client,
          "{\"type\":\"list\",\"value\":[1,2.5,\"t\",null,false,[1,[2]],{\"y\":{\"z\":1}}]}",
          "(list a b c d e f g)",
          ",\"args\":{\"a\":1,\"b\":2.5,\"c\":\"t\",\"d\":null,\"e\":false,\"f\":[1,[2]],"
              + "\"g\":{\"y\":{\"z\":1}}}");
      assertValue(
          client,
          "{\"type\":\"text\",\"value\":\"a\"}",
          "(:id (first (similar s)))",
          ",\"args\":{\"s\":{\"ts\":[1,2,3,1]}}");
      assertValue(
          client,
          "{\"type\":\"double\",\"value\":2.0}",
          "(period s)",
          ",\"args\":{\"s\":{\"ts\":[[0,0.5,1],[1,2,3]],\"period\":2}}");
      assertRefused(client, 4, "at most 4 points", "1", ",\"args\":{\"s\":{\"ts\":[1,2,3,4,5]}}");
      assertRefused(client, 4, "64 bits", "1", ",\"args\":{\"a\":9223372036854775808}");
      assertRefused(client, 4, "finite", "1", ",\"args\":{\"a\":1e999}");
      assertRefused(client, 4, "member=z", "1", ",\"args\":{\"a\":{\"ts\":[1,2],\"z\":1}}");
      assertRefused(client, 4, "must be an object", "1", ",\"args\":[1]");
      assertRefused(client, 4, "form: name=if", "1", ",\"args\":{\"if\":1}");
      String deep = "[".repeat(100) + "]".repeat(100);
      assertRefused(client, 4, "nested deeper", "1", ",\"args\":{\"a\":" + deep + "}");
      JsonNode missing = client.ask("{\"op\":\"eval\"}");
      assertTrue(missing.path("message").asText().contains("program must be given"));
    }
  }

  @Test
  void failuresSayWhere() throws IOException {
    try (TsdbServer server = start(tsdb, LIMITS);
        TestClient client = new TestClient(server.port())) {
      JsonNode failure =
          assertRefused(client, 5, "line 1, column 2: name must be defined", "(cout 1)", "");
      assertEquals("program", failure.path("kind").asText());
      assertEquals(
          "{\"code\":\"name/unknown\",\"line\":1,\"column\":2,\"hint\":\"count\"}",
          failure.path("payload").toString());
      assertRefused(client, 5, "no series has this id", "(similar \"nobody\")", "");
      assertRefused(client, 5, "files", "(file \"/etc/passwd\")", "");
      assertRefused(client, 5, "k must be", "(similar \"a\" :k 0)", "");
      JsonNode function = assertRefused(client, 5, "must have a form in JSON", "(list map)", "");
      assertEquals("value/answer", function.at("/payload/code").asText());
    }
  }

  @Test
  void limitsAreLoweredAndNotRaised() throws IOException {
    RequestLimits few = LIMITS.withEval(new EvalLimits(1, 100, 5000, 10_000, 50, 3));
    try (TsdbServer server = start(tsdb, few);
        TestClient client = new TestClient(server.port())) {
      assertRefused(client, 5, "chars must be at most 100", " ".repeat(101), "");
      assertRefused(client, 5, "steps must be at most 5000", "(define (f) (f)) (f)", "");
      assertRefused(
          client,
          5,
          "steps must be at most 9",
          "(define (f) (f)) (f)",
          ",\"limits\":{\"steps\":9}");
      assertRefused(
          client, 5, "bytes must be at most", "(map (lambda (x) (range 49)) (range 49))", "");
      assertRefused(client, 5, "rows must be at most 50", "(range 51)", "");
      assertRefused(
          client,
          5,
          "searches must be at most 3",
          "(map (lambda (i) (similar \"a\")) (range 4))",
          "");
      assertRefused(
          client, 4, "limit must be <= 5000: limit=steps", "1", ",\"limits\":{\"steps\":5001}");
      assertRefused(client, 4, "limit must be one of program", "1", ",\"limits\":{\"stesp\":1}");
      assertRefused(client, 4, "limit must be >= 0", "1", ",\"limits\":{\"steps\":-1}");
    }
  }

  @Test
  void aProgramEndsAtTheDeadlineOfItsRequest() throws IOException {
    EvalLimits endless = new EvalLimits(1, 1000, Long.MAX_VALUE, Long.MAX_VALUE, 50, 3);
    RequestLimits limits = LIMITS.withTimeout(Duration.ofMillis(200)).withEval(endless);
    try (TsdbServer server = start(tsdb, limits);
        TestClient client = new TestClient(server.port())) {
      assertRefused(client, 8, "program must end in time", "(define (f) (f)) (f)", "");
      assertValue(client, "{\"type\":\"long\",\"value\":1}", "1", "");
    }
  }

  /** A database whose searches with a radius wait. */
  private static final class Waiting extends ForwardingTsdb {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);

    Waiting(Tsdb tsdb) {
      super(tsdb);
    }

    @Override
    public Tsdb withTimeout(Duration timeout) {
      return this;
    }

    @Override
    public SearchResult search(Query query) {
      if (query.radius() < 1000) {
        begun.countDown();
        try {
          free.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return super.search(query);
    }
  }

  @Test
  void programsWaitInTheirOwnLane() throws Exception {
    Waiting waiting = new Waiting(tsdb);
    RequestLimits narrow = LIMITS.withWorkers(1, 0).withEval(EvalLimits.DEFAULT.withWorkers(1));
    try (TsdbServer server = start(waiting, narrow);
        TestClient first = new TestClient(server.port());
        TestClient second = new TestClient(server.port())) {
      first.send(request("(within \"a\" 10)", ""));
      waiting.begun.await();
      assertEquals(
          1, second.payload("{\"op\":\"stats\"}").at("/server/load/evals_running").asInt());
      assertRefused(second, 6, "lane=evaluating", "1", "");
      assertEquals(2, second.payload("{\"op\":\"with_id\",\"id\":\"a\"}").size());
      waiting.free.countDown();
      assertEquals(0, first.receive().path("status").asInt());
      assertValue(second, "{\"type\":\"long\",\"value\":1}", "1", "");
    }
  }

  @Test
  void searchesOfProgramsUseTheCache() throws IOException {
    try (TsdbServer server = start(tsdb, LIMITS);
        TestClient client = new TestClient(server.port())) {
      JsonNode first = eval(client, "(similar \"a\" :k 2)", "");
      assertEquals(first, eval(client, "(similar \"a\" :k 2)", ""));
      assertEquals(1, client.payload("{\"op\":\"cache_stats\"}").path("hits").asInt());
      client.payload("{\"op\":\"with_id\",\"id\":\"a\",\"k\":2,\"explain\":true}");
      assertEquals(2, client.payload("{\"op\":\"cache_stats\"}").path("hits").asInt());
      eval(client, "(similar '(\"a\" \"b\") :k 2)", "");
      assertEquals(2 + 1, client.payload("{\"op\":\"cache_stats\"}").path("hits").asInt());
    }
  }
}
