package dev.vantage.tsdb.protocol.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.protocol.Echo;
import dev.vantage.tsdb.protocol.Json;
import dev.vantage.tsdb.protocol.Kind;
import dev.vantage.tsdb.protocol.ProtocolException;
import dev.vantage.tsdb.protocol.Response;
import dev.vantage.tsdb.rows.Aggregate;
import dev.vantage.tsdb.rows.InvalidSelectException;
import dev.vantage.tsdb.rows.RowOrder;
import dev.vantage.tsdb.rows.Rows;
import dev.vantage.tsdb.rows.Select;
import dev.vantage.tsdb.rows.SelectColumn;
import dev.vantage.tsdb.rows.TableColumn;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.Curve;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and payloads read back as they were written, and have the documented JSON. */
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

  /** The order differs from the order of names. */
  private static final Map<String, Long> PRUNED = new LinkedHashMap<>();

  static {
    PRUNED.put("triangle", 5L);
    PRUNED.put("simplex", 1L);
    PRUNED.put("low_pass", 2L);
  }

  private static final SearchResult RESULT =
      new SearchResult(
          List.of(new Neighbor("a", 0.0, 0), new Neighbor("\u20ac", Math.sqrt(2), 1023)), report());

  private static SearchReport report() {
    SearchReport.Builder builder =
        new SearchReport.Builder()
            .plan(SearchReport.Plan.ANNULUS_WALK)
            .estimate(new SearchReport.Estimate(6, 24, 0.5))
            .vantagePoints(3, 20)
            .candidates(14)
            .visited(6)
            .exactDistances(4)
            .unexamined(2);
    PRUNED.forEach(builder::pruned);
    return builder.completeWithin(0.25);
  }

  private static final Stats STATS =
      Stats.of(
              Settings.DEFAULT
                  .withMetric(new MetricSpec("m", Map.of("multiplier", "1.0")))
                  .withSeed(Long.MIN_VALUE),
              7,
              List.of("b", "a"),
              new Stats.Memory(1L << 40, 9, OpenOptions.Spectra.DISK),
              new Stats.Versions("0.1", "17.0.1", 2, 7))
          .asReadOnly();

  private static final Map<String, Long> LIMITS = new LinkedHashMap<>();

  static {
    LIMITS.put("max_k", 9L);
    LIMITS.put("idle_timeout_ms", 1L << 40);
  }

  private static final ServerStats SERVER = new ServerStats(LIMITS, Map.of("queued", 0L));

  private static final Select SELECT =
      Select.of(
              List.of(
                  SelectColumn.of("\u00e9 'x'"),
                  SelectColumn.of("band").as("b\";\ud83d\ude00"),
                  SelectColumn.countOfRows(),
                  SelectColumn.countOfRows().as("n"),
                  SelectColumn.of(Aggregate.COUNT, "band"),
                  SelectColumn.of(Aggregate.COUNT_DISTINCT, "*"),
                  SelectColumn.of(Aggregate.MEDIAN, "attribute").as("as")))
          .where(CONDITION)
          .groupedBy("band", "\u00e9 'x'")
          .orderedBy(RowOrder.descending("n"), RowOrder.ascending("as"))
          .limit(Integer.MAX_VALUE);

  static Stream<Request> requests() {
    return Stream.of(
        new Ping(),
        new Statistics(),
        new Get("\u00e9\ud83d\ude00"),
        new Delete("a\"\\b"),
        new AddVantagePoint("a"),
        new Ids(Optional.empty(), Optional.empty(), 1),
        new Ids(Optional.empty(), Optional.of("x"), Integer.MAX_VALUE),
        new Ids(Optional.of(CONDITION), Optional.of("x"), 3),
        new Count(Optional.empty()),
        new Count(Optional.of(CONDITION)),
        new Curves(List.of(), 2),
        new Curves(List.of("b", "\u00e9\ud83d\ude00", "b"), 64),
        new SelectRows(Select.all()),
        new SelectRows(Select.all().limit(1)),
        new SelectRows(SELECT),
        new ListAttributes(),
        new AddAttribute("\u00e9 'x'", Type.TIMESTAMP),
        new SetAttributes("b", AttributeChanges.none()),
        new SetAttributes("b", AttributeChanges.removing(Set.of("x", "\u00e9 'x'"))),
        new SetAttributes(
            "b",
            AttributeChanges.setting(
                    Attributes.none()
                        .with("n", 1)
                        .with("d", 1.0)
                        .with("flag", true)
                        .with("text", "null")
                        .with("t", AttributeValue.TimestampValue.ofEpochMicroseconds(7)))
                .without(Set.of("gone"))),
        new WithId(Query.like("a").nearest(3).where(CONDITION), false),
        new WithTs(Query.like(TIMED).within(0.1).where(CONDITION).nearest(2), true),
        new WithId(Query.like("a").nearest(3), false),
        new WithId(Query.like("a").within(0.1).includingSelf(), true),
        new WithId(Query.like("a").nearest(Query.UNLIMITED), true),
        new WithId(Query.like("a").within(0.1).nearest(5), true),
        new WithId(Query.like("a").nearest(3).withBudget(Budget.ofExactDistances(0)), false),
        new WithId(withTime(Duration.ZERO).about("a"), true),
        new WithId(withTime(Duration.ofNanos(1)).about("a"), false),
        new WithTs(withTime(Duration.ofSeconds(86_400, 123_456_789)).about(TIMED), false),
        new WithTs(
            withTime(Duration.ofMillis(250))
                .about(TIMED)
                .withBudget(Budget.ofTime(Duration.ofMillis(3)).withExactDistances(Long.MAX_VALUE)),
            true),
        new WithTs(Query.like(TIMED).nearest(5), true),
        new WithTs(Query.like(TIMED.foldedBy(0.7)).within(0), false),
        new WithTs(Query.like(TimeSeries.ofValues(1, 2, 3)).nearest(5), true),
        new WithId(Query.like("a").nearest(3).selecting("\u00e9 'x'", "mean"), true),
        new WithTs(Query.like(TIMED).nearest(3).selecting("a"), false),
        new WithId(Query.like("a").nearest(3), new AnswerForm(2, false, List.of())),
        new WithTs(Query.like(TIMED).nearest(3), new AnswerForm(2, true, List.of())),
        new Insert(new SeriesEntry("a", TIMED.foldedBy(1e-5), ATTRIBUTES), true),
        new Insert(new SeriesEntry("a", TimeSeries.ofValues(1, 2)), false));
  }

  private static Query withTime(Duration time) {
    return Query.like("any").within(0.5).withBudget(Budget.ofTime(time));
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
    Random random = Seeds.random("any double");
    double[] values =
        random
            .longs()
            .mapToDouble(Double::longBitsToDouble)
            .filter(Double::isFinite)
            .limit(20_000)
            .toArray();
    Request request = new WithTs(Query.like(TimeSeries.ofValues(values)).nearest(5), true);
    assertEquals(request, Envelope.read(Requests.encode(request, Optional.empty())).request());
    SeriesEntry entry = new SeriesEntry("a", TimeSeries.ofValues(values));
    SeriesEntry again = Get.answer(sent(Get.payload(entry).toTree()));
    assertArrayEquals(values, again.series().values(), 0.0);
    assertEquals(entry, again);
  }

  /** Other parameters of a distance than the multiplier have a member of their own. */
  @Test
  void parametersOfAnyDistance() {
    Settings settings =
        Settings.DEFAULT.withMetric(new MetricSpec("m", Map.of("gap", "0.5", "mode", "z")));
    Stats stats =
        Stats.of(
            settings,
            0,
            List.of(),
            new Stats.Memory(0, 0, OpenOptions.Spectra.MEMORY),
            new Stats.Versions("0.1", "17", 3, 2));
    String text = Json.toText(Statistics.payload(stats).toTree());
    assertTrue(
        text.contains(
            "\"settings\":{\"length\":1024,\"vantage_points\":20,\"seed\":0,"
                + "\"resampling\":\"periodic\",\"parameters\":{\"gap\":0.5,\"mode\":\"z\"}}"),
        text);
    assertEquals(stats, Statistics.answer(sent(Statistics.payload(stats).toTree())));
  }

  @Test
  void payloads() {
    assertEquals(
        RESULT,
        SearchAnswer.answer(sent(SearchAnswer.payload(RESULT, true).toTree()), Query.like("a")));
    assertEquals(STATS, Statistics.answer(sent(Statistics.payload(STATS).toTree())));
    Stats served = STATS.withServer(SERVER);
    Stats read = Statistics.answer(sent(Statistics.payload(served).toTree()));
    assertEquals(served, read);
    assertEquals(
        List.copyOf(SERVER.limits().keySet()),
        List.copyOf(read.server().orElseThrow().limits().keySet()));
    assertEquals(List.of("b", "a"), Ids.answer(sent(Ids.payload(List.of("b", "a")).toTree())));
    List<Curve> curves =
        List.of(
            new Curve("b", new double[] {0, 0.5}, new double[] {-1, 1.25e-300}),
            new Curve("a", new double[0], new double[0]));
    assertEquals(curves, Curves.answer(sent(Curves.payload(curves).toTree())));
    assertEquals(true, Insert.answer(sent(Insert.payload("a", true).toTree())));
    AttributeTypes types = AttributeTypes.noneDeclared().with("n", Type.LONG).with("a", Type.TEXT);
    assertEquals(types, ListAttributes.answer(sent(ListAttributes.payload(types).toTree())));
    assertEquals(rows(), SelectRows.answer(sent(SelectRows.payload(rows()).toTree())));
    assertEquals(1L << 40, Count.answer(sent(Count.payload(1L << 40).toTree())));
    assertEquals(21, AddVantagePoint.answer(sent(AddVantagePoint.payload("a", 21).toTree())));
    for (TimeSeries series :
        List.of(TIMED, TIMED.foldedBy(0.3), TimeSeries.ofValues(0, 1, 2, 3, 4, 5, 6))) {
      SeriesEntry entry = new SeriesEntry("\u20ac", series, ATTRIBUTES);
      assertEquals(entry, Get.answer(sent(Get.payload(entry).toTree())));
    }
  }

  private static Rows rows() {
    List<AttributeValue> values =
        List.of(
            new AttributeValue.DoubleValue(1),
            new AttributeValue.LongValue(Long.MIN_VALUE),
            new AttributeValue.TextValue("2024-05-01T00:00:00Z \u0001\ud83d\ude00"),
            new AttributeValue.BooleanValue(false),
            AttributeValue.TimestampValue.ofEpochMicroseconds(-7));
    Rows.Builder rows =
        new Rows.Builder(
            values.stream()
                .map(value -> new TableColumn("the " + value.type(), value.type()))
                .toList());
    rows.add(values.stream().map(Optional::of).toList());
    return rows.add(values.stream().map(value -> Optional.<AttributeValue>empty()).toList())
        .build();
  }

  /** This is the only form of tables: programs, jobs and exports have it, too. */
  @Test
  void aTableHasOneForm() {
    Rows table =
        new Rows.Builder(List.of(new TableColumn("x", Type.DOUBLE)))
            .add(List.of(Optional.of(new AttributeValue.DoubleValue(-0.0))))
            .add(List.of(Optional.empty()))
            .build();
    String start =
        "{\"type\":\"table\",\"columns\":[{\"name\":\"x\",\"type\":\"double\"}],"
            + "\"rows\":[[0.0],[null]]";
    assertEquals(start + "}", Json.toText(SelectRows.payload(table).toTree()));
    assertEquals(
        start + ",\"notes\":[\"1 of 2\"]}",
        Json.toText(TableJson.payload(table, List.of("1 of 2")).toTree()));
    assertThrows(
        InvalidSelectException.class,
        () ->
            Requests.encode(
                new SelectRows(Select.of(List.of(SelectColumn.of(Aggregate.COUNT, "*")))),
                Optional.empty()));
  }

  /** Timestamps are strings in JSON, so their types are sent with them. */
  @Test
  void attributesOfNeighbors() {
    Query query = Query.like("a").selecting("any");
    SearchResult result =
        new SearchResult(RESULT.neighbors(), List.of(ATTRIBUTES, Attributes.none()), report());
    assertEquals(
        result, SearchAnswer.answer(sent(SearchAnswer.payload(result, true).toTree()), query));
    SearchResult two =
        new SearchResult(
            RESULT.neighbors(),
            List.of(
                Attributes.none().with("x", 2.0).with("t", TimestampValue.ofEpochMicroseconds(0)),
                Attributes.none()),
            report());
    assertEquals(
        "[{\"id\":\"a\",\"distance\":0.0,\"lag\":0,"
            + "\"attributes\":{\"t\":\"1970-01-01T00:00:00Z\",\"x\":2.0},"
            + "\"types\":{\"t\":\"timestamp\"}},"
            + "{\"id\":\"\u20ac\",\"distance\":1.4142135623730951,\"lag\":1023,"
            + "\"attributes\":{}}]",
        Json.toText(SearchAnswer.payload(two, false).toTree()));
    JsonNode without = sent(SearchAnswer.payload(RESULT, true).toTree());
    assertThrows(ProtocolException.class, () -> SearchAnswer.answer(without, query));
  }

  @Test
  void fromVersion2OnAnAnswerIsAlwaysAnObject() {
    String neighbors = Json.toText(SearchAnswer.payload(RESULT, false).toTree());
    AnswerForm form = new AnswerForm(2, false, List.of());
    assertEquals(
        "{\"neighbors\":" + neighbors + ",\"report\":null}",
        Json.toText(SearchAnswer.payload(RESULT, form).toTree()));
    assertEquals(
        SearchAnswer.payload(RESULT, true).toTree(),
        SearchAnswer.payload(RESULT, form.withReport()).toTree());
  }

  @Test
  void aReportTellsIgnoredFields() {
    AnswerForm form = new AnswerForm(1, true, List.of("ks", "\ud800"));
    JsonNode payload = SearchAnswer.payload(RESULT, form).toTree();
    assertEquals("[\"ks\",\"\\uD800\"]", Json.toText(payload.at("/report/ignored")));
    assertEquals(RESULT, SearchAnswer.answer(sent(payload), Query.like("a")));
  }

  @Test
  void budgetsOnTheWire() {
    Budget both = Budget.ofExactDistances(7).withTime(Duration.ofNanos(1_500_000));
    Request request = new WithId(Query.like("a").nearest(3).withBudget(both), false);
    assertEquals(
        "{\"op\":\"with_id\",\"id\":\"a\",\"k\":3,"
            + "\"budget\":{\"exact_distances\":7,\"milliseconds\":1.5}}",
        new String(Requests.encode(request, Optional.empty()), StandardCharsets.UTF_8));
  }

  @Test
  void anExactAnswerIsCompleteWithinAnyDistance() {
    SearchReport report =
        new SearchReport.Builder().candidates(2).visited(2).exactDistances(2).exact();
    SearchResult exact = new SearchResult(List.of(), report);
    JsonNode payload = sent(SearchAnswer.payload(exact, true).toTree());
    assertEquals(exact, SearchAnswer.answer(payload, Query.like("a")));
    assertEquals(
        "{\"candidates\":2,\"exact_distances\":2,\"pruned\":{},\"unexamined\":0,\"exact\":true,"
            + "\"complete_within\":null,\"visited\":2,\"vantage_point_distances\":0,"
            + "\"plan\":\"table_scan\",\"estimate\":null,\"vantage_points\":0}",
        Json.toText(payload.get("report")));
  }

  @Test
  void boundsKeepTheirOrder() {
    SearchReport report =
        SearchAnswer.answer(sent(SearchAnswer.payload(RESULT, true).toTree()), Query.like("a"))
            .report();
    assertEquals(List.of("triangle", "simplex", "low_pass"), List.copyOf(report.pruned().keySet()));
  }

  @Test
  void payloadsOnTheWire() {
    assertEquals("\"pong\"", Json.toText(Ping.payload().toTree()));
    assertEquals(
        "[{\"id\":\"a\",\"distance\":0.0,\"lag\":0},"
            + "{\"id\":\"\u20ac\",\"distance\":1.4142135623730951,\"lag\":1023}]",
        Json.toText(SearchAnswer.payload(RESULT, false).toTree()));
    assertEquals(
        "{\"neighbors\":"
            + Json.toText(SearchAnswer.payload(RESULT, false).toTree())
            + ",\"report\":{\"candidates\":14,\"exact_distances\":4,"
            + "\"pruned\":{\"triangle\":5,\"simplex\":1,\"low_pass\":2},\"unexamined\":2,"
            + "\"exact\":false,\"complete_within\":0.25,\"visited\":6,"
            + "\"vantage_point_distances\":20,\"plan\":\"annulus_walk\","
            + "\"estimate\":{\"annulus_series\":6,\"walk_cost\":24.0,\"scan_cost\":0.5},"
            + "\"vantage_points\":3}}",
        Json.toText(SearchAnswer.payload(RESULT, true).toTree()));
    assertEquals(
        "{\"id\":\"a\",\"ts\":[[0.0,0.5],[1.0,2.0]],\"attributes\":{},\"evenly_spaced\":true}",
        Json.toText(Get.payload(new SeriesEntry("a", TimeSeries.ofValues(1, 2))).toTree()));
    assertEquals(
        "{\"id\":\"a\",\"ts\":[[3.0,0.0],[1.0,2.0]],\"attributes\":{\"n\":1},\"period\":7.0}",
        Json.toText(
            Get.payload(
                    new SeriesEntry(
                        "a",
                        TimeSeries.of(new double[] {3, 0}, new double[] {1, 2}).foldedBy(7),
                        Attributes.none().with("n", 1)))
                .toTree()));
    assertEquals(
        "{\"id\":\"a\",\"ts\":[[0.0,0.5],[1.0,2.0]],"
            + "\"attributes\":{\"s\":\"x\",\"t\":\"1970-01-01T00:00:01Z\",\"x\":2.0},"
            + "\"types\":{\"t\":\"timestamp\"},\"evenly_spaced\":true}",
        Json.toText(
            Get.payload(
                    new SeriesEntry(
                        "a",
                        TimeSeries.ofValues(1, 2),
                        Attributes.none()
                            .with("s", "x")
                            .with("t", TimestampValue.ofEpochMicroseconds(1_000_000))
                            .with("x", 2.0)))
                .toTree()));
    assertEquals(
        "[{\"name\":\"band\",\"type\":\"text\",\"built_in\":false},"
            + "{\"name\":\"id\",\"type\":\"text\",\"built_in\":true},"
            + "{\"name\":\"inserted_at\",\"type\":\"timestamp\",\"built_in\":true},"
            + "{\"name\":\"length\",\"type\":\"long\",\"built_in\":true},"
            + "{\"name\":\"mean\",\"type\":\"double\",\"built_in\":true},"
            + "{\"name\":\"std\",\"type\":\"double\",\"built_in\":true}]",
        Json.toText(
            ListAttributes.payload(AttributeTypes.noneDeclared().with("band", Type.TEXT))
                .toTree()));
    assertEquals(
        "{\"name\":\"p\",\"type\":\"double\"}",
        Json.toText(AddAttribute.payload("p", Type.DOUBLE).toTree()));
    assertEquals(
        "{\"id\":\"a\",\"created\":false}", Json.toText(Insert.payload("a", false).toTree()));
    assertEquals("{\"id\":\"a\"}", Json.toText(Delete.payload("a").toTree()));
    assertEquals("{\"id\":\"a\"}", Json.toText(SetAttributes.payload("a").toTree()));
    assertEquals("[\"a\",\"b\"]", Json.toText(Ids.payload(List.of("a", "b")).toTree()));
    assertEquals(
        "{\"id\":\"a\",\"vantage_points\":4}",
        Json.toText(AddVantagePoint.payload("a", 4).toTree()));
    assertEquals("{\"count\":4}", Json.toText(Count.payload(4).toTree()));
    assertEquals(
        "{\"series\":7,\"vantage_points\":[\"b\",\"a\"],\"settings\":{\"length\":1024,"
            + "\"multiplier\":1.0,\"vantage_points\":20,\"seed\":-9223372036854775808,"
            + "\"resampling\":\"periodic\"},\"metric\":\"m\",\"memory\":{\"index_bytes\":"
            + (1L << 40)
            + ",\"spectrum_bytes\":9,\"spectra\":\"disk\"},\"read_only\":true,"
            + "\"versions\":{\"tsdb\":\"0.1\",\"java\":\"17.0.1\","
            + "\"format\":2,\"protocol\":7}}",
        Json.toText(Statistics.payload(STATS).toTree()));
    assertEquals(
        "{\"limits\":{\"max_k\":9,\"idle_timeout_ms\":1099511627776},\"load\":{\"queued\":0}}",
        Statistics.payload(STATS.withServer(SERVER)).toTree().get("server").toString());
  }

  @Test
  void responsesOnTheWire() {
    Envelope request = envelope("{\"op\":\"ping\",\"tag\":\"t\"}");
    assertEquals(
        "{\"op\":\"ping\",\"status\":0,\"payload\":\"pong\",\"tag\":\"t\"}",
        text(Response.ok(request.echo(), Ping.payload().toTree())));
    assertEquals(
        "{\"op\":\"fly\",\"status\":2,\"payload\":null,\"message\":\"no\",\"kind\":\"unknown-operation\"}",
        text(Response.failure(envelope("{\"op\":\"fly\"}").echo(), Kind.UNKNOWN_OPERATION, "no")));
    assertEquals(
        "{\"op\":null,\"status\":6,\"payload\":null,\"message\":\"busy\",\"kind\":\"busy\"}",
        text(Response.failure(Echo.NONE, Kind.BUSY, "busy")));
  }

  @Test
  void responses() {
    Envelope request = envelope("{\"op\":\"ping\",\"tag\":\"t\"}");
    Response ok = Response.ok(request.echo(), Ping.payload().toTree());
    assertEquals(ok, Response.decode(ok.encode()));
    Response failure = Response.failure(request.echo(), Kind.INTERNAL, "x\n\u20ac");
    assertEquals(failure, Response.decode(failure.encode()));
  }

  @Test
  void textsThatUtf8CannotCarryAreRepeatedAsEscapes() {
    Envelope request = envelope("{\"op\":\"\\ud800\",\"tag\":\"\\udc00\\ud800x\"}");
    Response response = Response.failure(request.echo(), Kind.MALFORMED, "op=\ud800");
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
        "[{\"id\":\"a\",\"phase\":[0,1],\"value\":[1]}]",
        "{\"columns\":[],\"rows\":[[1]]}",
        "{\"columns\":[{\"name\":\"x\",\"type\":\"year\"}],\"rows\":[]}",
        "{\"columns\":[{\"name\":\"x\",\"type\":\"long\"}],\"rows\":[[1,2]]}",
        "{\"columns\":[{\"name\":\"x\",\"type\":\"long\"}],\"rows\":[[\"1\"]]}",
        "{\"columns\":[{\"name\":\"x\",\"type\":\"timestamp\"}],\"rows\":[[\"now\"]]}",
        "{\"created\":1,\"vantage_points\":\"1\"}"
      })
  void whatIsNoPayloadOfTheOperationIsRefused(String text) throws Exception {
    JsonNode payload = Json.read(text.getBytes(StandardCharsets.UTF_8));
    assertThrows(ProtocolException.class, () -> SearchAnswer.answer(payload, Query.like("a")));
    assertThrows(ProtocolException.class, () -> Get.answer(payload));
    assertThrows(ProtocolException.class, () -> Statistics.answer(payload));
    assertThrows(ProtocolException.class, () -> Insert.answer(payload));
    assertThrows(ProtocolException.class, () -> AddVantagePoint.answer(payload));
    assertThrows(ProtocolException.class, () -> SelectRows.answer(payload));
    if (!text.equals("[]")) {
      assertThrows(ProtocolException.class, () -> Curves.answer(payload));
      assertThrows(ProtocolException.class, () -> Ids.answer(payload));
      assertThrows(ProtocolException.class, () -> ListAttributes.answer(payload));
    }
  }

  private static JsonNode sent(JsonNode payload) {
    Response response = Response.ok(envelope("{}").echo(), payload);
    return Response.decode(response.encode()).payload();
  }

  private static Envelope envelope(String body) {
    return Envelope.read(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Response response) {
    return new String(response.encode(), StandardCharsets.UTF_8);
  }
}
