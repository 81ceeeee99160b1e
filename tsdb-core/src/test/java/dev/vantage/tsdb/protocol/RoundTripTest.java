package dev.vantage.tsdb.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.Budget;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.ServerStats;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Stats;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one end writes the other reads back the same; what is on the wire is what is promised. */
class RoundTripTest {
  private static final TimeSeries TIMED =
      TimeSeries.of(new double[] {3, -0.0, 1e-300}, new double[] {0.1, 1 / 3.0, 1e300});
  private static final Attributes ATTRIBUTES =
      Attributes.none()
          .with("text", "\u00e9\ud83d\ude00\"\\\n")
          .with("whole", Long.MIN_VALUE)
          .with("large", Long.MAX_VALUE)
          .with("fraction", 5.0)
          .with("big", 1e300)
          .with("truth", false)
          .with("text like a time", "2024-05-01T20:15:00Z")
          .with("time", TimestampValue.ofEpochMicroseconds(1_714_594_500_123_456L))
          .with("old time", TimestampValue.ofEpochMicroseconds(-62_135_596_800_000_000L));

  private static final Condition CONDITION =
      Condition.parse("\"a \"\"b\" <> 'it''s \u20ac' and not (n in (1, 2.5e3) or t is null)");

  /** In another order than that of their names. */
  private static final Map<String, Long> PRUNED = new LinkedHashMap<>();

  static {
    PRUNED.put("triangle", 5L);
    PRUNED.put("simplex", 1L);
    PRUNED.put("low_pass", 2L);
  }

  private static final SearchResult RESULT =
      new SearchResult(
          List.of(new Neighbor("a", 0.0, 0), new Neighbor("\u20ac", Math.sqrt(2), 1023)),
          new SearchReport(
              SearchReport.Plan.ANNULUS_WALK,
              Optional.of(new SearchReport.Estimate(6, 24, 0.5)),
              3,
              20,
              14,
              6,
              PRUNED,
              4,
              2,
              0.25));
  private static final Stats STATS =
      new Stats(
          7,
          List.of("b", "a"),
          Settings.DEFAULT.withSeed(Long.MIN_VALUE),
          "m",
          1L << 40,
          9,
          OpenOptions.Spectra.DISK,
          true,
          "0.1",
          "17.0.1",
          2,
          Optional.empty());

  private static final Map<String, Long> LIMITS = new LinkedHashMap<>();

  static {
    LIMITS.put("max_k", 9L);
    LIMITS.put("idle_timeout_ms", 1L << 40);
  }

  private static final ServerStats SERVER = new ServerStats(LIMITS, Map.of("queued", 0L));

  static Stream<Request> requests() {
    return Stream.of(
        new Request.Ping(),
        new Request.Statistics(),
        new Request.Get("\u00e9\ud83d\ude00"),
        new Request.Delete("a\"\\b"),
        new Request.AddVantagePoint("a"),
        new Request.Ids(Optional.empty(), Optional.empty(), 1),
        new Request.Ids(Optional.empty(), Optional.of("x"), Integer.MAX_VALUE),
        new Request.Ids(Optional.of(CONDITION), Optional.of("x"), 3),
        new Request.ListAttributes(),
        new Request.AddAttribute("\u00e9 'x'", Type.TIMESTAMP),
        new Request.WithId("a", Query.nearest(3).where(CONDITION), false),
        new Request.WithTs(TIMED, Query.within(0.1).where(CONDITION).limitedTo(2), true),
        new Request.WithId("a", Query.nearest(3), false),
        new Request.WithId("a", Query.within(0.1).includingSelf(), true),
        new Request.WithId("a", Query.nearest(Query.UNLIMITED), true),
        new Request.WithId("a", Query.within(0.1).limitedTo(5), true),
        new Request.WithId("a", Query.nearest(3).withBudget(Budget.ofExactDistances(0)), false),
        new Request.WithId("a", withTime(Duration.ZERO), true),
        new Request.WithId("a", withTime(Duration.ofNanos(1)), false),
        new Request.WithTs(TIMED, withTime(Duration.ofSeconds(86_400, 123_456_789)), false),
        new Request.WithTs(
            TIMED,
            withTime(Duration.ofMillis(250))
                .withBudget(Budget.ofTime(Duration.ofMillis(3)).withExactDistances(Long.MAX_VALUE)),
            true),
        new Request.WithTs(TIMED, Query.nearest(5), true),
        new Request.WithTs(TIMED.foldedBy(0.7), Query.within(0), false),
        new Request.WithTs(TimeSeries.ofValues(1, 2, 3), Query.nearest(5), true),
        new Request.Insert(new SeriesEntry("a", TIMED.foldedBy(1e-5), ATTRIBUTES), true),
        new Request.Insert(new SeriesEntry("a", TimeSeries.ofValues(1, 2)), false));
  }

  private static Query withTime(Duration time) {
    return Query.within(0.5).withBudget(Budget.ofTime(time));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void requests(Request request) {
    Envelope envelope = Envelope.read(Requests.encode(request, Optional.of("t")));
    assertEquals(request, envelope.request());
    assertEquals(Optional.of("t"), envelope.tag());
    assertEquals(Optional.of(request.op().label()), envelope.op());
    assertEquals(Optional.empty(), Envelope.read(Requests.encode(request, Optional.empty())).tag());
  }

  @Test
  void anyDoubleReadsBackIdentically() {
    long seed = Long.getLong("seed", 5);
    System.out.println("seed=" + seed);
    Random random = new Random(seed);
    double[] values =
        random
            .longs()
            .mapToDouble(Double::longBitsToDouble)
            .filter(Double::isFinite)
            .limit(20_000)
            .toArray();
    Request request = new Request.WithTs(TimeSeries.ofValues(values), Query.nearest(5), true);
    assertEquals(request, Envelope.read(Requests.encode(request, Optional.empty())).request());
    SeriesEntry entry = new SeriesEntry("a", TimeSeries.ofValues(values));
    SeriesEntry again = PayloadReader.entry(sent(Payloads.of(entry)));
    assertArrayEquals(values, again.series().values(), 0.0);
    assertEquals(entry, again);
  }

  @Test
  void payloads() {
    assertEquals(RESULT, PayloadReader.searchResult(sent(Payloads.of(RESULT, true))));
    assertEquals(STATS, PayloadReader.stats(sent(Payloads.of(STATS))));
    Stats served = STATS.withServer(SERVER);
    Stats read = PayloadReader.stats(sent(Payloads.of(served)));
    assertEquals(served, read);
    assertEquals(
        List.copyOf(SERVER.limits().keySet()),
        List.copyOf(read.server().orElseThrow().limits().keySet()));
    assertEquals(List.of("b", "a"), PayloadReader.ids(sent(Payloads.ids(List.of("b", "a")))));
    assertEquals(true, PayloadReader.created(sent(Payloads.inserted("a", true))));
    AttributeTypes types = AttributeTypes.noneDeclared().with("n", Type.LONG).with("a", Type.TEXT);
    assertEquals(types, PayloadReader.attributeTypes(sent(Payloads.of(types))));
    assertEquals(21, PayloadReader.vantagePoints(sent(Payloads.vantagePointAdded("a", 21))));
    for (TimeSeries series :
        List.of(TIMED, TIMED.foldedBy(0.3), TimeSeries.ofValues(0, 1, 2, 3, 4, 5, 6))) {
      SeriesEntry entry = new SeriesEntry("\u20ac", series, ATTRIBUTES);
      assertEquals(entry, PayloadReader.entry(sent(Payloads.of(entry))));
    }
  }

  @Test
  void budgetsOnTheWire() {
    Budget both = Budget.ofExactDistances(7).withTime(Duration.ofNanos(1_500_000));
    Request request = new Request.WithId("a", Query.nearest(3).withBudget(both), false);
    assertEquals(
        "{\"op\":\"with_id\",\"id\":\"a\",\"k\":3,"
            + "\"budget\":{\"exact_distances\":7,\"milliseconds\":1.5}}",
        new String(Requests.encode(request, Optional.empty()), StandardCharsets.UTF_8));
  }

  @Test
  void anExactAnswerIsCompleteWithinAnyDistance() {
    SearchReport report =
        new SearchReport(
            SearchReport.Plan.TABLE_SCAN,
            Optional.empty(),
            0,
            0,
            2,
            2,
            Map.of(),
            2,
            0,
            Double.POSITIVE_INFINITY);
    SearchResult exact = new SearchResult(List.of(), report);
    JsonNode payload = sent(Payloads.of(exact, true));
    assertEquals(exact, PayloadReader.searchResult(payload));
    assertEquals(
        "{\"candidates\":2,\"exact_distances\":2,\"pruned\":{},\"unexamined\":0,\"exact\":true,"
            + "\"complete_within\":null,\"visited\":2,\"vantage_point_distances\":0,"
            + "\"plan\":\"table_scan\",\"estimate\":null,\"vantage_points\":0}",
        Json.toText(payload.get("report")));
  }

  @Test
  void boundsKeepTheirOrder() {
    SearchReport report = PayloadReader.searchResult(sent(Payloads.of(RESULT, true))).report();
    assertEquals(List.of("triangle", "simplex", "low_pass"), List.copyOf(report.pruned().keySet()));
  }

  @Test
  void payloadsOnTheWire() {
    assertEquals("\"pong\"", Json.toText(Payloads.pong()));
    assertEquals(
        "[{\"id\":\"a\",\"distance\":0.0,\"lag\":0},"
            + "{\"id\":\"\u20ac\",\"distance\":1.4142135623730951,\"lag\":1023}]",
        Json.toText(Payloads.of(RESULT, false)));
    assertEquals(
        "{\"neighbors\":"
            + Json.toText(Payloads.of(RESULT, false))
            + ",\"report\":{\"candidates\":14,\"exact_distances\":4,"
            + "\"pruned\":{\"triangle\":5,\"simplex\":1,\"low_pass\":2},\"unexamined\":2,"
            + "\"exact\":false,\"complete_within\":0.25,\"visited\":6,"
            + "\"vantage_point_distances\":20,\"plan\":\"annulus_walk\","
            + "\"estimate\":{\"annulus_series\":6,\"walk_cost\":24.0,\"scan_cost\":0.5},"
            + "\"vantage_points\":3}}",
        Json.toText(Payloads.of(RESULT, true)));
    assertEquals(
        "{\"id\":\"a\",\"ts\":[[0.0,0.5],[1.0,2.0]],\"attributes\":{},\"evenly_spaced\":true}",
        Json.toText(Payloads.of(new SeriesEntry("a", TimeSeries.ofValues(1, 2)))));
    assertEquals(
        "{\"id\":\"a\",\"ts\":[[3.0,0.0],[1.0,2.0]],\"attributes\":{\"n\":1},\"period\":7.0}",
        Json.toText(
            Payloads.of(
                new SeriesEntry(
                    "a",
                    TimeSeries.of(new double[] {3, 0}, new double[] {1, 2}).foldedBy(7),
                    Attributes.none().with("n", 1)))));
    assertEquals(
        "{\"id\":\"a\",\"ts\":[[0.0,0.5],[1.0,2.0]],"
            + "\"attributes\":{\"s\":\"x\",\"t\":\"1970-01-01T00:00:01Z\",\"x\":2.0},"
            + "\"types\":{\"t\":\"timestamp\"},\"evenly_spaced\":true}",
        Json.toText(
            Payloads.of(
                new SeriesEntry(
                    "a",
                    TimeSeries.ofValues(1, 2),
                    Attributes.none()
                        .with("s", "x")
                        .with("t", TimestampValue.ofEpochMicroseconds(1_000_000))
                        .with("x", 2.0)))));
    assertEquals(
        "[{\"name\":\"band\",\"type\":\"text\",\"built_in\":false},"
            + "{\"name\":\"id\",\"type\":\"text\",\"built_in\":true},"
            + "{\"name\":\"inserted_at\",\"type\":\"timestamp\",\"built_in\":true},"
            + "{\"name\":\"length\",\"type\":\"long\",\"built_in\":true},"
            + "{\"name\":\"mean\",\"type\":\"double\",\"built_in\":true},"
            + "{\"name\":\"std\",\"type\":\"double\",\"built_in\":true}]",
        Json.toText(Payloads.of(AttributeTypes.noneDeclared().with("band", Type.TEXT))));
    assertEquals(
        "{\"name\":\"p\",\"type\":\"double\"}",
        Json.toText(Payloads.attributeAdded("p", Type.DOUBLE)));
    assertEquals("{\"id\":\"a\",\"created\":false}", Json.toText(Payloads.inserted("a", false)));
    assertEquals("{\"id\":\"a\"}", Json.toText(Payloads.deleted("a")));
    assertEquals("[\"a\",\"b\"]", Json.toText(Payloads.ids(List.of("a", "b"))));
    assertEquals(
        "{\"id\":\"a\",\"vantage_points\":4}", Json.toText(Payloads.vantagePointAdded("a", 4)));
    assertEquals(
        "{\"series\":7,\"vantage_points\":[\"b\",\"a\"],\"settings\":{\"length\":1024,"
            + "\"multiplier\":1.0,\"vantage_points\":20,\"seed\":-9223372036854775808,"
            + "\"resampling\":\"periodic\"},\"metric\":\"m\",\"memory\":{\"index_bytes\":"
            + (1L << 40)
            + ",\"spectrum_bytes\":9,\"spectra\":\"disk\"},\"read_only\":true,"
            + "\"versions\":{\"tsdb\":\"0.1\",\"java\":\"17.0.1\","
            + "\"format\":2}}",
        Json.toText(Payloads.of(STATS)));
    assertEquals(
        "{\"limits\":{\"max_k\":9,\"idle_timeout_ms\":1099511627776},\"load\":{\"queued\":0}}",
        Payloads.of(STATS.withServer(SERVER)).get("server").toString());
  }

  @Test
  void responsesOnTheWire() {
    Envelope request = envelope("{\"op\":\"ping\",\"tag\":\"t\"}");
    assertEquals(
        "{\"op\":\"ping\",\"status\":0,\"payload\":\"pong\",\"tag\":\"t\"}",
        text(Response.ok(request, Payloads.pong())));
    assertEquals(
        "{\"op\":\"fly\",\"status\":2,\"payload\":null,\"message\":\"no\",\"kind\":\"unknown-operation\"}",
        text(
            Response.failure(
                Optional.of(envelope("{\"op\":\"fly\"}")), Kind.UNKNOWN_OPERATION, "no")));
    assertEquals(
        "{\"op\":null,\"status\":6,\"payload\":null,\"message\":\"busy\",\"kind\":\"busy\"}",
        text(Response.failure(Optional.empty(), Kind.BUSY, "busy")));
  }

  @Test
  void responses() {
    Envelope request = envelope("{\"op\":\"ping\",\"tag\":\"t\"}");
    Response ok = Response.ok(request, Payloads.pong());
    assertEquals(ok, Response.decode(ok.encode()));
    Response failure = Response.failure(Optional.of(request), Kind.INTERNAL, "x\n\u20ac");
    assertEquals(failure, Response.decode(failure.encode()));
  }

  @Test
  void textsThatUtf8CannotCarryAreRepeatedAsEscapes() {
    Envelope request = envelope("{\"op\":\"\\ud800\",\"tag\":\"\\udc00\\ud800x\"}");
    Response response = Response.failure(Optional.of(request), Kind.MALFORMED, "op=\ud800");
    assertEquals(
        "{\"op\":\"\\uD800\",\"status\":2,\"payload\":null,\"message\":\"op=\\uD800\","
            + "\"kind\":\"malformed\",\"tag\":\"\\uDC00\\uD800x\"}",
        text(response));
    assertEquals(response, Response.decode(response.encode()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{}",
        "{\"status\":null}",
        "{\"status\":\"0\"}",
        "{\"status\":9}",
        "{\"status\":-1}",
        "{\"status\":0} x",
        "{\"status\":0"
      })
  void whatIsNoResponseIsRefused(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    assertThrows(ProtocolException.class, () -> Response.decode(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "7",
        "[]",
        "{}",
        "[7]",
        "{\"neighbors\":{},\"report\":{}}",
        "{\"id\":\"a\",\"ts\":[[0,1]],\"attributes\":{}}",
        "{\"id\":\"a\",\"ts\":[[0,1],[1,\"2\"]],\"attributes\":{}}",
        "{\"id\":\"a\",\"ts\":[[0,1],[1,2]],\"attributes\":{\"x\":null}}",
        "{\"id\":7,\"ts\":[[0,1],[1,2]],\"attributes\":{}}",
        "{\"id\":\"a\",\"ts\":[[0,1],[1,2]],\"attributes\":{\"x\":\"y\"},\"types\":{\"x\":\"timestamp\"}}",
        "{\"id\":\"a\",\"ts\":[[0,1],[1,2]],\"attributes\":{\"x\":1},\"types\":{\"x\":\"year\"}}",
        "{\"id\":\"a\",\"ts\":[[0,1],[1,2]],\"attributes\":{\"x\":1},\"types\":{\"x\":7}}",
        "[{\"name\":\"x\",\"type\":\"year\",\"built_in\":false}]",
        "[{\"name\":\"mean\",\"type\":\"double\",\"built_in\":false}]",
        "{\"created\":1,\"vantage_points\":\"1\"}"
      })
  void whatIsNoPayloadOfTheOperationIsRefused(String text) throws Exception {
    JsonNode payload = Json.read(text.getBytes(StandardCharsets.UTF_8));
    assertThrows(ProtocolException.class, () -> PayloadReader.searchResult(payload));
    assertThrows(ProtocolException.class, () -> PayloadReader.entry(payload));
    assertThrows(ProtocolException.class, () -> PayloadReader.stats(payload));
    assertThrows(ProtocolException.class, () -> PayloadReader.created(payload));
    assertThrows(ProtocolException.class, () -> PayloadReader.vantagePoints(payload));
    if (!text.equals("[]")) {
      assertThrows(ProtocolException.class, () -> PayloadReader.ids(payload));
      assertThrows(ProtocolException.class, () -> PayloadReader.attributeTypes(payload));
    }
  }

  private static JsonNode sent(JsonNode payload) {
    Response response = Response.ok(envelope("{}"), payload);
    return Response.decode(response.encode()).payload();
  }

  private static Envelope envelope(String body) {
    return Envelope.read(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Response response) {
    return new String(response.encode(), StandardCharsets.UTF_8);
  }
}
