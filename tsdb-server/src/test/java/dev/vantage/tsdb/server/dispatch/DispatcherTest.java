package dev.vantage.tsdb.server.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vantage.tsdb.CacheSettings;
import dev.vantage.tsdb.DamagedDatabaseException;
import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.ReadOnlyException;
import dev.vantage.tsdb.StorageException;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.protocol.Body;
import dev.vantage.tsdb.protocol.FrameException;
import dev.vantage.tsdb.protocol.Kind;
import dev.vantage.tsdb.protocol.Room;
import dev.vantage.tsdb.protocol.op.Op;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.server.Databases;
import dev.vantage.tsdb.server.ForwardingTsdb;
import dev.vantage.tsdb.server.cache.ResultCache;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** The table of operations, without a socket. */
class DispatcherTest {
  /** Sends an empty file. */
  private static final FileSender FILES = (file, parts) -> parts.encode(new byte[0], 0, false);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PEER = "127.0.0.1:1";

  private final Tsdb tsdb = Databases.empty();
  private final Dispatcher dispatcher = dispatcher(tsdb);

  @Test
  void pingIsAnsweredInTheOrderOfTheTable() throws IOException {
    assertEquals(
        "{\"op\":\"ping\",\"status\":0,\"payload\":\"pong\",\"tag\":\"7\"}",
        text(dispatcher, "{\"tag\":\"7\",\"op\":\"ping\"}"));
  }

  @Test
  void aSeriesIsReadAsItWasInserted() throws IOException {
    String entry =
        "\"id\":\"a\",\"ts\":[[0.75,0.0,0.25],[1.0,2.0,1.5]],\"attributes\":{\"n\":1,\"t\":\"x\"},"
            + "\"period\":3.0";
    assertPayload("{\"id\":\"a\",\"created\":true}", "{\"op\":\"insert\"," + entry + "}");
    assertPayload("{" + entry + "}", "{\"op\":\"get\",\"id\":\"a\"}");
    insert("even", "[1,2,3,4]");
    assertPayload(
        "{\"id\":\"even\",\"ts\":[[0.0,0.25,0.5,0.75],[1.0,2.0,3.0,4.0]],\"attributes\":{},"
            + "\"evenly_spaced\":true}",
        "{\"op\":\"get\",\"id\":\"even\"}");
  }

  @Test
  void attributesHaveOneTypeEach() throws IOException {
    assertPayload(
        "{\"name\":\"t\",\"type\":\"timestamp\"}",
        "{\"op\":\"add_attribute\",\"name\":\"t\",\"type\":\"timestamp\"}");
    String start = "{\"op\":\"insert\",\"ts\":[1,2,3],";
    payload(start + "\"id\":\"a\",\"attributes\":{\"t\":\"2024-05-01T20:15:00+02:00\",\"n\":1.5}}");
    payload(
        start
            + "\"id\":\"b\",\"attributes\":{\"n\":2,\"u\":\"2024-05-01T00:00:00Z\"},"
            + "\"types\":{\"u\":\"timestamp\"}}");
    assertRefused(4, start + "\"id\":\"c\",\"attributes\":{\"t\":\"today\"}}");
    assertRefused(4, start + "\"id\":\"c\",\"attributes\":{\"n\":\"1\"}}");
    assertRefused(4, start + "\"id\":\"c\",\"attributes\":{\"length\":3}}");
    assertRefused(4, start + "\"id\":\"c\",\"attributes\":{\"n\":null}}");
    assertRefused(4, "{\"op\":\"add_attribute\",\"name\":\"t\",\"type\":\"text\"}");
    JsonNode a = payload("{\"op\":\"get\",\"id\":\"a\"}");
    assertEquals("{\"n\":1.5,\"t\":\"2024-05-01T18:15:00Z\"}", a.get("attributes").toString());
    assertEquals("{\"t\":\"timestamp\"}", a.get("types").toString());
    JsonNode b = payload("{\"op\":\"get\",\"id\":\"b\"}");
    assertEquals("{\"n\":2.0,\"u\":\"2024-05-01T00:00:00Z\"}", b.get("attributes").toString());
    List<String> lines = new ArrayList<>();
    payload("{\"op\":\"attributes\"}").forEach(one -> lines.add(one.toString()));
    assertEquals(8, lines.size());
    assertEquals("{\"name\":\"n\",\"type\":\"double\",\"built_in\":false}", lines.get(4));
    assertPayload("[\"a\"]", "{\"op\":\"ids\",\"where\":\"t < '2024-05-02'\"}");
    assertPayload("[\"b\"]", "{\"op\":\"ids\",\"where\":\"n between 2 and 3\",\"after\":\"a\"}");
    assertPayload("[\"a\"]", "{\"op\":\"ids\",\"where\":\"n > 0\",\"limit\":1}");
    assertRefused(4, "{\"op\":\"ids\",\"where\":\"m > 0\"}");
    assertRefused(4, "{\"op\":\"ids\",\"where\":\"n = 'x'\"}");
  }

  @Test
  void attributesChangeWithoutPoints() throws IOException {
    payload(
        "{\"op\":\"insert\",\"id\":\"a\",\"ts\":[1,2,3],\"attributes\":{\"n\":1.5,\"band\":\"g\",\"c\":1}}");
    assertPayload(
        "{\"id\":\"a\"}",
        "{\"op\":\"set_attributes\",\"id\":\"a\",\"attributes\":{\"n\":2,\"band\":null,\"new\":true}}");
    assertPayload(
        "{\"id\":\"a\"}",
        "{\"op\":\"set_attributes\",\"id\":\"a\",\"attributes\":{\"band\":null,\"unknown\":null}}");
    JsonNode a = payload("{\"op\":\"get\",\"id\":\"a\"}");
    assertEquals("{\"c\":1,\"n\":2.0,\"new\":true}", a.get("attributes").toString());
    assertPayload("[\"a\"]", "{\"op\":\"ids\",\"where\":\"new and band is null\"}");
    assertRefused(
        4, "{\"op\":\"set_attributes\",\"id\":\"a\",\"attributes\":{\"n\":\"x\",\"c\":2}}");
    assertEquals(1, tsdb.ids(IdQuery.first(9).where("c = 1")).size());
  }

  @Test
  void attributesAreSelectedAsTables() throws IOException {
    for (String id : List.of("a", "b", "c")) {
      String band = id.equals("c") ? "r" : "g";
      payload(
          "{\"op\":\"insert\",\"id\":\"%s\",\"ts\":[1,2,3],\"attributes\":{\"band\":\"%s\"}}"
              .formatted(id, band));
    }
    assertPayload(
        "{\"type\":\"table\",\"columns\":[{\"name\":\"band\",\"type\":\"text\"},"
            + "{\"name\":\"n\",\"type\":\"long\"},{\"name\":\"mean_length\",\"type\":\"double\"}],"
            + "\"rows\":[[\"g\",2,3.0],[\"r\",1,3.0]]}",
        "{\"op\":\"select\",\"columns\":[\"band\",{\"count\":\"*\",\"as\":\"n\"},{\"mean\":\"length\"}],"
            + "\"group_by\":[\"band\"],\"order_by\":[{\"column\":\"n\",\"descending\":true}]}");
    assertPayload(
        "{\"type\":\"table\",\"columns\":[{\"name\":\"id\",\"type\":\"text\"},"
            + "{\"name\":\"band\",\"type\":\"text\"}],\"rows\":[[\"c\",\"r\"]]}",
        "{\"op\":\"select\",\"where\":\"band = 'r'\",\"limit\":1000000}");
    assertRefused(4, "{\"op\":\"select\",\"limit\":1000001}");
    assertRefused(4, "{\"op\":\"select\",\"where\":\"bend = 'r'\"}");
    assertEquals(
        "{\"rule\":\"attribute\"}",
        answer(dispatcher, "{\"op\":\"select\",\"columns\":[\"bend\"]}").get("payload").toString());
  }

  @Test
  void insertReplacesOnlyWhenAsked() throws IOException {
    insert("a", "[1,2,3]");
    assertRefused(3, "{\"op\":\"insert\",\"id\":\"a\",\"ts\":[3,2,1]}");
    assertRefused(3, "{\"op\":\"insert\",\"id\":\"a\",\"ts\":[3,2,1],\"replace\":false}");
    assertPayload(
        "{\"id\":\"a\",\"created\":false}",
        "{\"op\":\"insert\",\"id\":\"a\",\"ts\":[3,2,1],\"replace\":true}");
    assertPayload(
        "{\"id\":\"b\",\"created\":true}",
        "{\"op\":\"insert\",\"id\":\"b\",\"ts\":[3,2,1],\"replace\":true}");
    assertEquals(3.0, tsdb.get("a").series().values()[0]);
  }

  @Test
  void timesThatAreNoPhasesAreAnInvalidComponent() throws IOException {
    String ts = "\"ts\":[[0,2],[1,2]]";
    assertRefused(4, "{\"op\":\"insert\",\"id\":\"a\"," + ts + "}");
    assertRefused(4, "{\"op\":\"with_ts\"," + ts + "}");
    assertEquals(List.of(), tsdb.ids(IdQuery.first(10)));
  }

  @Test
  void searchesAnswerNearestFirst() throws IOException {
    insert("a", "[0,1,0,0]");
    insert("same", "[0,0,1,0]");
    insert("near", "[0,1.2,0.1,0]");
    insert("far", "[0,1,-1,0]");
    JsonNode byId = payload("{\"op\":\"with_id\",\"id\":\"a\"}");
    assertEquals(List.of("same", "near", "far"), byId.findValuesAsText("id"));
    assertEquals(List.of("id", "distance", "lag"), fieldNames(byId.get(0)));
    assertEquals(4, byId.get(0).get("lag").intValue());
    JsonNode self = payload("{\"op\":\"with_id\",\"id\":\"a\",\"include_self\":true,\"k\":2}");
    assertEquals(List.of("a", "same"), self.findValuesAsText("id"));
    JsonNode byTs = payload("{\"op\":\"with_ts\",\"ts\":[0,1,0,0],\"k\":3}");
    assertEquals(List.of("a", "same", "near"), byTs.findValuesAsText("id"));
    double radius = byId.get(1).get("distance").doubleValue();
    JsonNode within = payload("{\"op\":\"with_id\",\"id\":\"a\",\"radius\":" + radius + "}");
    assertEquals(List.of("same", "near"), within.findValuesAsText("id"));
    JsonNode both = payload("{\"op\":\"with_id\",\"id\":\"a\",\"k\":1,\"radius\":" + radius + "}");
    assertEquals(List.of("same"), both.findValuesAsText("id"));
  }

  @Test
  void searchesExplainThemselvesWhenAsked() throws IOException {
    insert("a", "[0,1,0,0]");
    insert("b", "[0,1,2,0]");
    for (String search : List.of("\"with_id\",\"id\":\"a\"", "\"with_ts\",\"ts\":[1,2,5]")) {
      JsonNode plain = payload("{\"op\":" + search + "}");
      JsonNode explained = payload("{\"op\":" + search + ",\"explain\":true}");
      assertEquals(List.of("neighbors", "report"), fieldNames(explained));
      assertEquals(plain, explained.get("neighbors"));
      assertTrue(explained.at("/report/pruned/simplex").isIntegralNumber());
    }
  }

  @Test
  void anAnswerWithinABudgetSaysWhetherItIsExact() throws IOException {
    insert("a", "[0,1,0,0]");
    insert("b", "[0,1,2,0]");
    for (String search : List.of("\"with_id\",\"id\":\"a\"", "\"with_ts\",\"ts\":[1,2,5]")) {
      String start = "{\"op\":" + search + ",\"budget\":";
      JsonNode nothing = payload(start + "{\"exact_distances\":0}}");
      assertEquals(0, nothing.get("neighbors").size());
      assertEquals("false", nothing.at("/report/exact").toString());
      assertTrue(nothing.at("/report/complete_within").isDouble());
      JsonNode enough = payload(start + "{\"exact_distances\":9,\"milliseconds\":1e9}}");
      assertEquals(payload("{\"op\":" + search + "}"), enough.get("neighbors"));
      assertEquals("true", enough.at("/report/exact").toString());
      assertTrue(enough.at("/report/complete_within").isNull());
      assertTrue(payload(start + "null}").isArray());
    }
  }

  @Test
  void withoutKFiveAreFoundAndWithARadiusAllWithinIt() throws IOException {
    for (int i = 0; i < 9; i++) {
      insert("s" + i, "[0,1,0," + i + "]");
    }
    assertEquals(5, payload("{\"op\":\"with_id\",\"id\":\"s0\"}").size());
    assertEquals(8, payload("{\"op\":\"with_id\",\"id\":\"s0\",\"radius\":2}").size());
    assertEquals(9, payload("{\"op\":\"with_ts\",\"ts\":[1,2],\"radius\":2}").size());
  }

  @Test
  void idsComeInOrderAndInPages() throws IOException {
    for (String id : List.of("b", "\u00e9", "a", "\ud83d\ude00", "\uffee")) {
      insert(id, "[1,2]");
    }
    assertPayload("[\"a\",\"b\",\"\u00e9\",\"\uffee\",\"\ud83d\ude00\"]", "{\"op\":\"ids\"}");
    assertPayload("[\"a\",\"b\"]", "{\"op\":\"ids\",\"limit\":2}");
    assertPayload("[\"\u00e9\"]", "{\"op\":\"ids\",\"limit\":1,\"after\":\"b\"}");
    assertPayload("[\"b\",\"\u00e9\"]", "{\"op\":\"ids\",\"limit\":2,\"after\":\"aa\"}");
    assertPayload("[]", "{\"op\":\"ids\",\"after\":\"\ud83d\ude00\"}");
  }

  @Test
  void aDeletedSeriesIsUnknown() throws IOException {
    insert("first", "[2,1]");
    insert("a", "[1,2]");
    assertPayload("{\"id\":\"a\"}", "{\"op\":\"delete\",\"id\":\"a\"}");
    for (String op : List.of("delete", "get", "with_id", "add_vantage_point")) {
      assertRefused(3, "{\"op\":\"" + op + "\",\"id\":\"a\"}");
    }
    insert("a", "[1,2]");
  }

  @Test
  void aVantagePointIsCountedAndCanBeDeleted() throws IOException {
    insert("a", "[1,2]");
    insert("b", "[1,2,3]");
    int before = tsdb.stats().vantagePoints().size();
    String id = tsdb.stats().vantagePoints().contains("b") ? "a" : "b";
    assertPayload(
        "{\"id\":\"" + id + "\",\"vantage_points\":" + (before + 1) + "}",
        "{\"op\":\"add_vantage_point\",\"id\":\"" + id + "\"}");
    assertRefused(3, "{\"op\":\"add_vantage_point\",\"id\":\"" + id + "\"}");
    assertPayload("{\"id\":\"" + id + "\"}", "{\"op\":\"delete\",\"id\":\"" + id + "\"}");
    assertEquals(List.of(id.equals("a") ? "b" : "a"), tsdb.stats().vantagePoints());
  }

  @Test
  void statsTellCountsSettingsAndVersions() throws IOException {
    insert("a", "[1,2]");
    JsonNode stats = payload("{\"op\":\"stats\"}");
    assertEquals(1, stats.get("series").intValue());
    assertEquals(16, stats.at("/settings/length").intValue());
    assertEquals("periodic", stats.at("/settings/resampling").textValue());
    assertTrue(stats.at("/versions/java").isTextual());
  }

  @Test
  void refusalsRepeatTheOpAndTheTag() throws IOException {
    assertEquals(
        "{\"op\":\"fly\",\"status\":2,\"payload\":null,\"message\":\"\",\"kind\":\"unknown-operation\",\"tag\":\"t\"}",
        withoutMessage("{\"op\":\"fly\",\"tag\":\"t\"}"));
    assertEquals(
        "{\"op\":null,\"status\":2,\"payload\":null,\"message\":\"\",\"kind\":\"malformed\",\"tag\":\"t\"}",
        withoutMessage("{\"op\":7,\"tag\":\"t\"}"));
    assertEquals(
        "{\"op\":\"get\",\"status\":3,\"payload\":null,\"message\":\"\",\"kind\":\"invalid-id\",\"tag\":\"t\"}",
        withoutMessage("{\"op\":\"get\",\"tag\":\"t\"}"));
    assertEquals(
        "{\"op\":\"ping\",\"status\":4,\"payload\":null,\"message\":\"\",\"kind\":\"invalid-field\"}",
        withoutMessage("{\"op\":\"ping\",\"tag\":7}"));
    assertEquals(
        "{\"op\":null,\"status\":2,\"payload\":null,\"message\":\"\",\"kind\":\"malformed\"}",
        withoutMessage("[]"));
    assertEquals(
        "{\"op\":null,\"status\":2,\"payload\":null,\"message\":\"\",\"kind\":\"malformed\"}",
        withoutMessage("{\"tag\":\"t\",\"op\":\"ping\""));
  }

  @Test
  void whatIsLoggedDuringARequestHasItsId() throws IOException {
    List<String> seen = new ArrayList<>();
    Tsdb watched =
        new ForwardingTsdb(tsdb) {
          @Override
          public Tsdb withTimeout(Duration timeout) {
            return this;
          }

          @Override
          public SeriesEntry get(String id) {
            seen.add(MDC.get("request"));
            throw new IllegalStateException("fault");
          }
        };
    JsonNode answer = answer(dispatcher(watched), "{\"op\":\"get\",\"id\":\"a\"}");
    assertEquals(List.of("r1"), seen);
    assertTrue(answer.get("message").textValue().endsWith("reference=r1"), answer::toString);
    assertEquals(null, MDC.get("request"), "it is over");
  }

  @Test
  void faultsShareAReferenceWithTheLogAndTellNothingElse() throws IOException {
    List<Throwable> faults =
        List.of(
            new IllegalStateException("secret"),
            new StorageException("secret"),
            new StackOverflowError(),
            new AssertionError("secret"));
    for (Throwable fault : faults) {
      JsonNode answer = answer(dispatcher(failing(fault)), "{\"op\":\"get\",\"id\":\"a\"}");
      assertEquals(1, answer.get("status").intValue());
      assertEquals("get", answer.get("op").textValue());
      assertTrue(answer.get("message").textValue().endsWith("reference=r1"), answer::toString);
      assertFalse(answer.toString().contains("secret"));
    }
  }

  @Test
  void aRequestThatMemoryIsTooShortForMayBeTriedAgainUnlessItWrites() {
    Dispatcher short1 = dispatcher(failing(new OutOfMemoryError("secret")));
    JsonNode get = answer(short1, "{\"op\":\"get\",\"id\":\"a\"}");
    assertEquals(6, get.get("status").intValue());
    assertEquals(
        "server must have memory for the request: try again later", get.get("message").textValue());
    JsonNode delete = answer(short1, "{\"op\":\"delete\",\"id\":\"a\"}");
    assertEquals(1, delete.get("status").intValue(), "nobody can say whether it is done");
    assertTrue(delete.get("message").textValue().endsWith("reference=r1"), delete::toString);
  }

  @Test
  void damageIsNamed() throws IOException {
    Throwable damage =
        new DamagedDatabaseException("series must match its checksum: id=a, file=/db");
    JsonNode answer = answer(dispatcher(failing(damage)), "{\"op\":\"get\",\"id\":\"a\"}");
    assertEquals(1, answer.get("status").intValue());
    assertEquals(
        "series must match its checksum: id=a, file=/db, reference=r1",
        answer.get("message").textValue());
  }

  @Test
  void failuresOfTheDatabaseHaveTheirStatus() throws IOException {
    Map<Throwable, Integer> statuses =
        Map.of(
            new UnavailableException("closing"), 6,
            new DeadlineExceededException("too long"), 8,
            new ReadOnlyException("read only"), 2);
    statuses.forEach(
        (failure, status) -> {
          JsonNode answer = answer(dispatcher(failing(failure)), "{\"op\":\"get\",\"id\":\"a\"}");
          assertEquals(status, answer.get("status").intValue());
          assertEquals(failure.getMessage(), answer.get("message").textValue());
        });
  }

  @Test
  void everyCallHasTheDeadlineOfTheRequest() {
    AtomicReference<Duration> seen = new AtomicReference<>();
    Tsdb watched =
        new ForwardingTsdb(tsdb) {
          @Override
          public Tsdb withTimeout(Duration timeout) {
            seen.set(timeout);
            return failing(new DeadlineExceededException("the view was used"));
          }
        };
    JsonNode answer = answer(dispatcher(watched), "{\"op\":\"get\",\"id\":\"a\"}");
    assertTrue(seen.get().compareTo(Duration.ofSeconds(9)) <= 0, () -> seen.toString());
    assertFalse(seen.get().isNegative() || seen.get().isZero());
    assertEquals("the view was used", answer.get("message").textValue());
  }

  @Test
  void afterStopEveryRequestFindsTheServerUnavailable() throws IOException {
    dispatcher.stop();
    JsonNode answer = answer(dispatcher, "{\"op\":\"ping\",\"tag\":\"t\"}");
    assertEquals(6, answer.get("status").intValue());
    assertEquals("t", answer.get("tag").textValue());
  }

  @Test
  void badFramesAreAnInvalidOperation() throws IOException {
    JsonNode answer =
        JSON.readTree(
            dispatcher.refuse(PEER, new FrameException(Kind.FRAME_TOO_LONG, "too long")).toBytes());
    assertEquals(2, answer.get("status").intValue());
    assertTrue(answer.get("op").isNull());
  }

  @Test
  void everyRequestIsObservedWithAnIdOfItsOwn() throws IOException {
    List<ObservedRequest> seen = new ArrayList<>();
    Dispatcher watched = dispatcher(tsdb, new RequestIds(-1), seen::add);
    insert("a", "[0,1,0,0]");
    insert("b", "[0,1,2,0]");
    text(watched, "{\"op\":\"with_id\",\"id\":\"a\"}");
    text(watched, "{\"op\":\"get\",\"id\":\"a\"}");
    text(watched, "{\"op\":\"get\",\"id\":\"none\"}");
    text(watched, "{\"op\":\"with_id\"}");
    text(watched, "{\"op\":\"nonsense\"}");
    text(watched, "no request");
    watched.refuse("other", new FrameException(Kind.FRAME_TOO_LONG, "too long"));
    assertEquals(
        List.of(
            "zzzz-1 with_id OK true true",
            "zzzz-2 get OK true false",
            "zzzz-3 get INVALID_KEY true false",
            "zzzz-4 with_id INVALID_KEY false false",
            "zzzz-5 none INVALID_OPERATION false false",
            "zzzz-6 none INVALID_OPERATION false false",
            "zzzz-7 none INVALID_OPERATION false false"),
        seen.stream()
            .map(
                one ->
                    String.join(
                        " ",
                        one.id(),
                        one.op().map(Op::label).orElse("none"),
                        one.status().name(),
                        Boolean.toString(one.request().isPresent()),
                        Boolean.toString(one.report().isPresent())))
            .toList());
    assertTrue(seen.stream().allMatch(one -> one.totalNanos() > 0 && one.queuedNanos() >= 0));
    assertEquals(1, seen.get(0).report().orElseThrow().candidates());
    assertEquals(PEER, seen.get(5).peer());
    assertEquals("other", seen.get(6).peer());
  }

  private static Tsdb failing(Throwable failure) {
    return new ForwardingTsdb(Databases.empty()) {
      @Override
      public SeriesEntry get(String id) {
        if (failure instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) failure;
      }

      @Override
      public void delete(String id) {
        get(id);
      }
    };
  }

  private static Dispatcher dispatcher(Tsdb tsdb) {
    return dispatcher(tsdb, () -> "r1", RequestObserver.NONE);
  }

  private static Dispatcher dispatcher(Tsdb tsdb, Supplier<String> ids, RequestObserver observer) {
    RequestLimits limits = RequestLimits.DEFAULT.withTimeout(Duration.ofSeconds(9));
    return new Dispatcher(
        tsdb,
        cache(tsdb),
        limits,
        Lanes.ofCallers(limits),
        new Gauges(),
        ids,
        observer,
        System::nanoTime);
  }

  private void insert(String id, String ts) throws IOException {
    assertPayload(
        "{\"id\":\"" + id + "\",\"created\":true}",
        "{\"op\":\"insert\",\"id\":\"" + id + "\",\"ts\":" + ts + "}");
  }

  private void assertPayload(String expected, String request) throws IOException {
    assertEquals(JSON.readTree(expected), payload(request));
  }

  private void assertRefused(int status, String request) {
    JsonNode answer = answer(dispatcher, request);
    assertEquals(status, answer.get("status").intValue(), answer::toString);
    assertTrue(answer.get("payload").isNull() || request.contains("where"));
    assertFalse(answer.get("message").textValue().isBlank());
  }

  private JsonNode payload(String request) {
    JsonNode answer = answer(dispatcher, request);
    assertEquals(0, answer.get("status").intValue(), answer::toString);
    assertFalse(answer.has("message"));
    return answer.get("payload");
  }

  private String withoutMessage(String request) throws IOException {
    return text(dispatcher, request)
        .replaceAll("\"message\":\"([^\"\\\\]|\\\\.)+\"", "\"message\":\"\"");
  }

  private static JsonNode answer(Dispatcher dispatcher, String request) {
    try {
      return JSON.readTree(text(dispatcher, request));
    } catch (IOException e) {
      throw new AssertionError("answer must be JSON", e);
    }
  }

  private static String text(Dispatcher dispatcher, String request) {
    return answer(dispatcher, new Session(PEER, Authenticator.OPEN), request, Room.ENDLESS);
  }

  static String answer(Dispatcher dispatcher, Session session, String request, Room room) {
    Body body = Body.of(request.getBytes(StandardCharsets.UTF_8));
    return new String(
        dispatcher.answer(session, body, room, FILES).toBytes(), StandardCharsets.UTF_8);
  }

  private static List<String> fieldNames(JsonNode node) {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }

  static ResultCache cache(Tsdb tsdb) {
    return new ResultCache(CacheSettings.DEFAULT, tsdb::changeCount, Clock.systemUTC());
  }
}
