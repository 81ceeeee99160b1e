package dev.vantage.tsdb.protocol.op;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.protocol.Status;
import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.InvalidAttributeException;
import dev.vantage.tsdb.series.TimeSeries;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every field with every kind of invalid and valid value. */
class RequestFieldsTest {
  private static final List<String> OPS_WITH_ID =
      List.of("with_id", "get", "insert", "delete", "add_vantage_point", "set_attributes");
  private static final String TS = ",\"ts\":[[0,0.5],[1,2]]";

  /** One field of one operation, and a value for it. */
  record Case(String op, String field, String value) {
    Request request() {
      StringBuilder body = new StringBuilder("{\"op\":\"" + op + "\"");
      if (OPS_WITH_ID.contains(op) && !field.equals("id")) {
        body.append(",\"id\":\"a\"");
      }
      if ((op.equals("insert") || op.equals("with_ts")) && !field.equals("ts")) {
        body.append(TS);
      }
      if (op.equals("set_attributes") && !field.equals("attributes")) {
        body.append(",\"attributes\":{\"a\":1}");
      }
      if (op.equals("curves") && !field.equals("ids")) {
        body.append(",\"ids\":[\"a\"]");
      }
      body.append(",\"").append(field).append("\":").append(value).append('}');
      return decode(body.toString());
    }
  }

  static Stream<Case> badIds() {
    List<Case> cases = new ArrayList<>();
    for (String op : OPS_WITH_ID) {
      add(cases, op, "id", "null", "7", "1.5", "true", "[]", "{}", "[\"a\"]", "\"\"");
      add(cases, op, "id", "\"\\u0000\"", "\"a\\n\"", "\"\\u007f\"", "\"\\u0085\"", "\"\\ud800\"");
      add(cases, op, "id", "\"" + "x".repeat(251) + "\"", "\"" + "\u00e9".repeat(126) + "\"");
      add(cases, op, "id", "\"" + "\ud83d\ude00".repeat(63) + "\"");
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("badIds")
  void aMalformedIdIsAnInvalidKey(Case bad) {
    RuntimeException e = assertThrows(IllegalArgumentException.class, bad::request);
    assertEquals(Status.INVALID_KEY, Status.of(e), e.toString());
  }

  @Test
  void aMissingIdIsAnInvalidKeyWhateverElseIsMissing() {
    for (String op : OPS_WITH_ID) {
      RuntimeException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> decode("{\"op\":\"" + op + "\",\"k\":0,\"where\":1}"));
      assertEquals(Status.INVALID_KEY, Status.of(e), e.toString());
    }
  }

  static Stream<Case> goodIds() {
    List<Case> cases = new ArrayList<>();
    for (String op : OPS_WITH_ID) {
      add(cases, op, "id", "\"x\"", "\" \"", "\"\\u00e9\"", "\"\\ud83d\\ude00\"", "\"../..\"");
      add(cases, op, "id", "\"" + "x".repeat(250) + "\"", "\"" + "\u00e9".repeat(125) + "\"");
      add(cases, op, "id", "\"" + "\ud83d\ude00".repeat(62) + "xx\"");
    }
    return cases.stream();
  }

  static Stream<Case> badComponents() {
    List<Case> cases = new ArrayList<>();
    for (String op : List.of("with_id", "with_ts")) {
      add(cases, op, "k", "null", "\"5\"", "5.5", "5e-1", "true", "[]", "[5]", "{}");
      add(cases, op, "k", "0", "-0", "-1", "-99999999999999999999999999");
      add(cases, op, "radius", "\"1\"", "true", "[]", "{}", "-1", "-1e-300", "1e999", "-1e999");
      add(cases, op, "radius", "1" + "0".repeat(400));
      add(
          cases,
          op,
          "where",
          "\"x >\"",
          "\"\"",
          "\"x = '\\ud800'\"",
          "1",
          "true",
          "false",
          "[]",
          "{}");
      add(cases, op, "explain", "\"true\"", "1", "0", "1.5", "[]", "{}");
      add(cases, op, "tag", "1", "1.5", "true", "[]", "{}");
      add(
          cases,
          op,
          "attributes",
          "\"a\"",
          "1",
          "true",
          "{}",
          "{\"a\":1}",
          "[1]",
          "[null]",
          "[[]]");
      add(cases, op, "protocol", "\"2\"", "0", "-1", "3", "1.5", "true", "[]", "{}");
      add(cases, op, "budget", "\"1\"", "1", "1.5", "true", "[]", "[1]", "{}", "{\"distances\":1}");
      for (String value :
          List.of("\"1\"", "1.5", "true", "[]", "{}", "[1]", "-1", "-1" + "0".repeat(40))) {
        add(cases, op, "budget", "{\"milliseconds\":1,\"exact_distances\":" + value + "}");
      }
      for (String value :
          List.of("\"1\"", "true", "[]", "{}", "-1", "-1e-300", "1e999", "-1e999")) {
        add(cases, op, "budget", "{\"milliseconds\":" + value + "}");
      }
      add(cases, op, "budget", "{\"milliseconds\":null,\"exact_distances\":null}");
    }
    add(cases, "with_id", "include_self", "\"true\"", "1", "0", "1.5", "[]", "{}");
    add(cases, "insert", "replace", "\"true\"", "1", "0", "1.5", "[]", "{}");
    add(cases, "ids", "where", "\"x y\"", "1", "true", "[]", "{}");
    add(cases, "ids", "limit", "\"5\"", "5.5", "0.0", "1e999", "true", "[]", "{}", "0", "-1");
    add(cases, "count", "where", "\"x y\"", "1", "true", "[]", "{}");
    add(cases, "ids", "after", "5", "1.5", "true", "[]", "{}", "\"\\udc00\"");
    add(cases, "select", "columns", "[]", "\"*\"", "1", "true", "{}", "[1]", "[null]", "[[\"a\"]]");
    add(
        cases,
        "select",
        "columns",
        "[{}]",
        "[{\"as\":\"n\"}]",
        "[{\"count\":1}]",
        "[{\"sun\":\"a\"}]");
    add(
        cases,
        "select",
        "columns",
        "[{\"sum\":\"a\",\"max\":\"a\"}]",
        "[{\"sum\":\"a\",\"as\":1}]");
    add(cases, "select", "columns", "[\"a\",\"a\"]", "[" + "\"a\",".repeat(1000) + "\"b\"]");
    add(
        cases,
        "select",
        "columns",
        "[{\"sum\":\"a\",\"1\":1,\"2\":2,\"3\":3,\"4\":4,\"5\":5," + "\"6\":6,\"7\":7}]",
        "[{\"sum\":{}}]",
        "[{\"sum\":null}]");
    add(cases, "select", "group_by", "\"a\"", "1", "true", "{}", "[1]", "[null]", "[\"a\",\"a\"]");
    add(cases, "select", "order_by", "\"a\"", "1", "true", "{}", "[1]", "[null]", "[{}]");
    add(cases, "select", "order_by", "[{\"column\":1}]", "[{\"column\":\"a\",\"descending\":1}]");
    add(cases, "select", "where", "\"x y\"", "1", "true", "[]", "{}");
    add(cases, "select", "limit", "\"5\"", "5.5", "true", "[]", "{}", "0", "-1", "2147483648");
    add(cases, "curves", "ids", "null", "\"a\"", "1", "true", "{}", "[1]", "[null]", "[[\"a\"]]");
    add(cases, "curves", "points", "\"5\"", "5.5", "true", "[]", "0", "-1");
    for (String op : List.of("ping", "get", "insert", "delete", "ids", "stats")) {
      add(cases, op, "tag", "1", "1.5", "false", "[]", "{}");
    }
    for (String op : List.of("insert", "with_ts")) {
      add(cases, op, "period", "\"1\"", "true", "[]", "{}", "0", "-1", "1e999", "1e-999");
      // Both times fall on one phase.
      add(cases, op, "period", "0.5", "0.25");
      badTs().forEach(value -> add(cases, op, "ts", value));
    }
    add(cases, "insert", "attributes", "\"x\"", "1", "1.5", "true", "[]", "[{}]");
    for (String value : List.of("null", "[]", "{}", "[1]", "1e999", "-1e999", "\"\\ud800\"")) {
      add(cases, "insert", "attributes", "{\"a\":" + value + "}");
    }
    add(cases, "insert", "attributes", "{\"a\":9223372036854775808}");
    add(cases, "insert", "attributes", "{\"a\":-9223372036854775809}");
    add(cases, "insert", "attributes", "{\"a\":" + "9".repeat(1_000_000) + "}");
    add(cases, "insert", "attributes", "{\"\":1}", "{\"\\n\":1}");
    add(cases, "insert", "types", "\"x\"", "1", "true", "[]", "{\"a\":1}", "{\"a\":null}");
    add(cases, "insert", "types", "{\"a\":\"\"}", "{\"a\":\"year\"}");
    add(cases, "set_attributes", "attributes", "null", "\"x\"", "1", "true", "[]", "{\"a\":[]}");
    add(cases, "set_attributes", "attributes", "{\"mean\":null}", "{\"\":null}", "{\"\\n\":1}");
    add(cases, "set_attributes", "types", "\"x\"", "1", "true", "[]", "{\"a\":\"year\"}");
    add(cases, "add_attribute", "name", "null", "1", "true", "[]", "{}");
    add(cases, "add_attribute", "type", "null", "1", "true", "[]", "{}", "\"\"", "\"year\"");
    return cases.stream();
  }

  private static List<String> badTs() {
    return List.of(
        "null",
        "7",
        "\"x\"",
        "true",
        "{}",
        "{\"times\":[0,1]}",
        "[]",
        "[[]]",
        "[[],[]]",
        "[[0,1]]",
        "[[0,1],[1,2],[3,4]]",
        "[[0,1],[1,2],7]",
        "[[0,1],7]",
        "[7,[0,1]]",
        "[[0,1],null]",
        "[[0,1],{}]",
        "[[0,1],[1,2,3]]",
        "[[0,1,2],[1,2]]",
        "[[0],[1]]",
        "[[0,0],[1,2]]",
        "[[0,1],[2,2]]",
        "[[0,1],[2,null]]",
        "[[0,\"1\"],[2,3]]",
        "[[0,true],[2,3]]",
        "[[0,[1]],[2,3]]",
        "[[0,{}],[2,3]]",
        "[[0,1e999],[2,3]]",
        "[[0,1],[2,-1e999]]",
        "[1]",
        "[1,1]",
        "[1,null]",
        "[1,\"2\"]",
        "[1,true]",
        "[1,[2]]",
        "[1,{\"x\":[[]]}]",
        "[1,1e999]",
        "[1,1" + "0".repeat(400) + "]",
        "[null]",
        "[{}]",
        "[\"1\"]");
  }

  @ParameterizedTest
  @MethodSource("badComponents")
  void anyOtherWrongFieldIsAnInvalidComponent(Case bad) {
    RuntimeException e = assertThrows(IllegalArgumentException.class, bad::request);
    assertEquals(Status.INVALID_COMPONENT, Status.of(e), e.toString());
  }

  @Test
  void aMissingTsIsAnInvalidComponent() {
    for (String body : List.of("{\"op\":\"with_ts\"}", "{\"op\":\"insert\",\"id\":\"a\"}")) {
      RuntimeException e = assertThrows(IllegalArgumentException.class, () -> decode(body));
      assertEquals(Status.INVALID_COMPONENT, Status.of(e), e.toString());
    }
  }

  static Stream<Case> goodComponents() {
    List<Case> cases = new ArrayList<>();
    for (String op : List.of("with_id", "with_ts")) {
      add(cases, op, "k", "1", "2147483647", "5.0", "5e0");
      add(cases, op, "budget", "{\"exact_distances\":2.0}");
      add(cases, op, "radius", "null", "0", "-0.0", "1", "1e300");
      add(cases, op, "explain", "null", "true", "false");
      add(cases, op, "attributes", "null", "[]", "[\"a\",\"a\"]", "[\"\\ud800\"]");
      add(cases, op, "protocol", "null", "1", "2");
      add(cases, op, "where", "null", "\"x > 1\"", "\"x\"", "\"\\\"x y\\\" = 'it''s'\"");
      add(cases, op, "budget", "null", "{\"exact_distances\":0}", "{\"milliseconds\":-0.0}");
      add(cases, op, "budget", "{\"milliseconds\":1e300,\"x\":[{}]}");
      add(
          cases,
          op,
          "budget",
          "{\"exact_distances\":" + "9".repeat(1000) + ",\"milliseconds\":null}");
      add(cases, op, "tag", "null", "\"\"", "\"\\ud800\"");
    }
    add(cases, "insert", "period", "null", "3", "0.75");
    add(cases, "insert", "attributes", "null", "{}", "{\"a\":9223372036854775807}");
    add(cases, "insert", "types", "null", "{}", "{\"a\":\"timestamp\",\"b\":\"TEXT\"}");
    add(cases, "ids", "where", "null", "\"x between 1 and 2\"");
    add(cases, "count", "where", "null", "\"x between 1 and 2\"");
    add(
        cases,
        "select",
        "columns",
        "null",
        "[\"a\",{\"count\":\"*\"},{\"attribute\":\"a\",\"as\":\"b\"}]");
    add(cases, "select", "group_by", "null", "[]", "[\"a\",\"\\ud800\"]");
    add(
        cases,
        "select",
        "order_by",
        "null",
        "[]",
        "[\"a\",{\"column\":\"b\",\"descending\":null}]");
    add(cases, "select", "limit", "null", "1", "2147483647");
    add(cases, "ids", "limit", "null", "1");
    add(cases, "ids", "after", "null", "\"\"");
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource({"goodComponents", "goodIds"})
  void whatIsAllowedIsAccepted(Case good) {
    assertDoesNotThrow(good::request);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "7; budget must be an object: budget=number",
        "{}; budget must have exact_distances or milliseconds",
        "{\"exact_distances\":-2}; budget.exact_distances must be >= 0: budget.exact_distances=-2",
        "{\"exact_distances\":1.5}; budget.exact_distances must be an integer: budget.exact_distances=",
        "{\"milliseconds\":-0.5}; budget.milliseconds must be >= 0: budget.milliseconds=-0.5",
        "{\"milliseconds\":\"1\"}; budget.milliseconds must be a number: budget.milliseconds=string"
      })
  void messagesSayWhichPartOfABudgetIsWrong(String budget, String message) {
    RuntimeException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> decode("{\"op\":\"with_id\",\"id\":\"a\",\"budget\":" + budget + "}"));
    assertEquals(message, e.getMessage().substring(0, message.length()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "[{}]; column must have a member attribute or an aggregate, count, count-distinct, min, max, "
            + "sum, mean, std, median, majority, and besides it only as: found=0 members",
        "[7]; each of columns must be a string or an object: each of columns=number",
        "[{\"sum\":7}]; sum of a column must be a string: sum of a column=number"
      })
  void messagesSayWhatAColumnIs(String columns, String message) {
    RuntimeException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> decode("{\"op\":\"select\",\"columns\":" + columns + "}"));
    assertEquals(message, e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "~~; ~~",
        "~,\"tag\":\"t\",\"k\":1,\"protocol\":2,\"attributes\":[]~; ~~",
        "~,\"ks\":5,\"\u00e9\":[{}],\"ks\":6~; ks,\u00e9",
        // The fields of other operations, and fields that are null.
        "~,\"replace\":1,\"types\":{},\"period\":null,\"x\":null~; period,replace,types,x",
        "~,\"ts\":[1,2]~; ts",
        "~,\"ts\":{}~; ts"
      })
  void fieldsThatASearchDoesNotHaveAreKnown(String fields, String ignored) {
    String request = "{\"op\":\"with_id\",\"id\":\"a\"" + fields + "}";
    SimilarSeriesRequest search = (SimilarSeriesRequest) decode(request);
    List<String> expected = ignored.isEmpty() ? List.of() : List.of(ignored.split(","));
    assertEquals(expected, search.form().ignored());
  }

  @Test
  void notEveryFieldThatASearchDoesNotHaveIsNamed() {
    StringBuilder request = new StringBuilder("{\"op\":\"with_ts\"" + TS + ",\"include_self\":1");
    for (int i = 0; i < 100; i++) {
      request.append(",\"x").append("y".repeat(i)).append("\":1");
    }
    SimilarSeriesRequest search = (SimilarSeriesRequest) decode(request + "}");
    List<String> ignored = search.form().ignored();
    assertEquals(33, ignored.size());
    assertEquals("include_self", ignored.get(0));
    String cut = "{\"op\":\"with_ts\"" + TS + ",\"" + "x".repeat(1000) + "\":1}";
    search = (SimilarSeriesRequest) decode(cut);
    assertEquals(List.of("x".repeat(50)), search.form().ignored());
  }

  @Test
  void attributesKeepTheirTypes() {
    Insert insert =
        insert(
            ",\"attributes\":{\"whole\":5,\"fraction\":5.0,\"power\":1e2,\"text\":\"5\","
                + "\"truth\":true,\"low\":-9223372036854775808,\"zero\":0}");
    assertEquals(
        Attributes.none()
            .with("whole", 5)
            .with("fraction", 5.0)
            .with("power", 100.0)
            .with("text", "5")
            .with("truth", true)
            .with("low", Long.MIN_VALUE)
            .with("zero", 0),
        insert.entry().attributes());
  }

  @Test
  void attributesAreOfTheTypesThatAreSaid() {
    String values = ",\"attributes\":{\"t\":\"2024-05-01T20:15:00+02:00\",\"x\":5,\"y\":\"z\"}";
    assertEquals(
        Attributes.none()
            .with("t", new TimestampValue(Instant.parse("2024-05-01T18:15:00Z")))
            .with("x", 5.0)
            .with("y", "z"),
        insert(values + ",\"types\":{\"t\":\"timestamp\",\"x\":\"double\",\"none\":\"long\"}")
            .entry()
            .attributes());
    for (String types : List.of("\"y\":\"timestamp\"", "\"x\":\"text\"", "\"t\":\"boolean\"")) {
      RuntimeException e =
          assertThrows(
              InvalidAttributeException.class, () -> insert(values + ",\"types\":{" + types + "}"));
      assertEquals("attribute ", e.getMessage().substring(0, 10));
    }
  }

  @Test
  void tsIsTimesAndValuesOrValuesAlone() {
    assertEquals(TimeSeries.ofValues(1, 2, -0.0, 3e-7), series("[1,2,-0,3e-7]"));
    assertEquals(
        TimeSeries.of(new double[] {3, 0.5}, new double[] {1, 2}), series("[[3,0.5],[1,2]]"));
    StringBuilder long1 = new StringBuilder("[0");
    double[] values = new double[10_000];
    for (int i = 1; i < values.length; i++) {
      values[i] = i / 7.0;
      long1.append(',').append(values[i]);
    }
    assertEquals(TimeSeries.ofValues(values), series(long1 + "]"));
  }

  @Test
  void thePeriodFoldsTheSeries() {
    assertEquals(
        TimeSeries.of(new double[] {0, 0.5}, new double[] {1, 2}).foldedBy(3),
        insert(TS + ",\"period\":3").entry().series());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[[0,1],[2,\"x\"]]", "[1,\"x\"]"})
  void messagesSayWhichNumberIsWrong(String ts) {
    RuntimeException e = assertThrows(IllegalArgumentException.class, () -> series(ts));
    String where = ts.startsWith("[[") ? "ts[1][1]=string" : "ts[1]=string";
    assertEquals(where, e.getMessage().split(": ")[1]);
  }

  private static TimeSeries series(String ts) {
    return insert(",\"ts\":" + ts).entry().series();
  }

  private static Insert insert(String fields) {
    return (Insert) decode("{\"op\":\"insert\",\"id\":\"a\"" + TS + fields + "}");
  }

  private static Request decode(String body) {
    return Envelope.read(body.getBytes(StandardCharsets.UTF_8)).request();
  }

  private static void add(List<Case> cases, String op, String field, String... values) {
    for (String value : values) {
      cases.add(new Case(op, field, value));
    }
  }
}
