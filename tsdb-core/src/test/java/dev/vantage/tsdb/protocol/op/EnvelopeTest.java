package dev.vantage.tsdb.protocol.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.condition.InvalidConditionException;
import dev.vantage.tsdb.protocol.InvalidOperationException;
import dev.vantage.tsdb.protocol.Status;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Envelopes, input that is not a request, and the memory that is reserved. */
class EnvelopeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "[]",
        "7",
        "\"ping\"",
        "null",
        "NaN",
        "{",
        "}}",
        "{\"op\":\"ping\"",
        "{\"op\":\"ping\",}",
        "{'op':'ping'}",
        "{op:\"ping\"}",
        "{\"op\":\"ping\"}x",
        "{\"op\":\"ping\"}{}",
        "{\"op\":\"ping\"},",
        "{\"op\":\"ping\",\"x\":NaN}",
        "{\"op\":\"ping\",\"ts\":[NaN]}",
        "{\"op\":\"ping\",\"ts\":[1,Infinity]}",
        "{\"op\":\"ping\",\"ts\":[1,-Infinity]}",
        "{\"op\":\"ping\",\"ts\":[1,2",
        "{\"op\":\"ping\",\"ts\":[1,,2]}",
        "{\"op\":\"ping\",\"k\":01}",
        "{\"op\":\"ping\",\"k\":+1}",
        "{\"op\":\"ping\",\"k\":.5}",
        "{\"op\":\"ping\" /* x */}",
        "{\"op\":\"pi\nng\"}",
        "\uFEFF{\"op\":\"ping\"}"
      })
  void whatIsNotOneJsonObjectIsRefused(String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    assertThrows(InvalidOperationException.class, () -> Envelope.read(body));
  }

  @Test
  void messagesSayWhereTheJsonIsWrong() {
    InvalidOperationException e =
        assertThrows(InvalidOperationException.class, () -> envelope("{\"op\":\"ping\""));
    assertEquals(
        "request must be a JSON object in UTF-8: problem=Unexpected end-of-input: expected close"
            + " marker for Object at char 12",
        e.getMessage());
  }

  @Test
  void whatIsNotUtf8IsRefused() {
    byte[] utf16 = "{\"op\":\"ping\"}".getBytes(StandardCharsets.UTF_16LE);
    assertThrows(InvalidOperationException.class, () -> Envelope.read(utf16));
    byte[] latin = "{\"op\":\"ping\",\"tag\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThrows(InvalidOperationException.class, () -> Envelope.read(latin));
    // The slash in two bytes, and a surrogate in three: forms that UTF-8 forbids.
    for (byte[] forbidden : new byte[][] {{(byte) 0xC0, (byte) 0xAF}, {(byte) 0xED, -96, -128}}) {
      byte[] body = "{\"x\":\"????\"}".getBytes(StandardCharsets.UTF_8);
      System.arraycopy(forbidden, 0, body, 6, forbidden.length);
      assertThrows(InvalidOperationException.class, () -> Envelope.read(body));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ts", "id", "attributes", "op"})
  void nestingBombsAreRefused(String field) {
    String body = "{\"" + field + "\":" + "[".repeat(500_000);
    assertThrows(InvalidOperationException.class, () -> envelope(body));
    String closed = "{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
    assertThrows(InvalidOperationException.class, () -> envelope(closed));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"op\":null}",
        "{\"op\":7}",
        "{\"op\":[\"ping\"]}",
        "{\"op\":{}}",
        "{\"op\":\"\"}",
        "{\"op\":\"PING\"}",
        "{\"op\":\"ping \"}",
        "{\"op\":\"fly\",\"tag\":7}",
        "{\"op\":\"\\ud800\"}"
      })
  void anOperationThatThereIsNotIsRefused(String body) {
    Envelope envelope = envelope(body);
    assertThrows(InvalidOperationException.class, envelope::request);
  }

  @Test
  void whatTheAnswerRepeatsIsKnownOfInvalidRequests() {
    Envelope unknown = envelope("{\"tag\":\"t\",\"op\":\"fly\",\"ts\":[[true]]}");
    assertEquals(Optional.of("fly"), unknown.op());
    assertEquals(Optional.of("t"), unknown.tag());
    Envelope wrongTypes = envelope("{\"tag\":1,\"op\":[]}");
    assertEquals(Optional.empty(), wrongTypes.op());
    assertEquals(Optional.empty(), wrongTypes.tag());
  }

  @Test
  void longUnknownOperationsAreQuotedInPart() {
    Envelope envelope = envelope("{\"op\":\"" + "x".repeat(1_000_000) + "\"}");
    InvalidOperationException e = assertThrows(InvalidOperationException.class, envelope::request);
    assertTrue(e.getMessage().length() < 300, e.getMessage());
  }

  @Test
  void extraFieldsOfAnyKindAreAccepted() {
    String body =
        "{\"a\":1,\"b\":[[{}],null],\"c\":{\"op\":\"x\",\"id\":7},\"d\":1e999,\"op\":\"ping\","
            + "\"e\":"
            + "9".repeat(5000)
            + ",\"ts\":null,\"id\":[],\"k\":{}}";
    assertEquals(new Ping(), envelope(body).request());
    assertEquals(
        new Get("a"),
        envelope("{\"op\":\"get\",\"id\":\"a\",\"ts\":7,\"k\":\"x\",\"where\":1}").request());
  }

  @Test
  void ofTwoFieldsWithOneNameTheLastCounts() {
    assertEquals(
        new Get("b"), envelope("{\"op\":\"ping\",\"id\":7,\"op\":\"get\",\"id\":\"b\"}").request());
  }

  @Test
  void withoutKOrRadiusTheNearestFiveAreWanted() {
    assertEquals(Query.like("a").nearest(5), query(""));
    assertEquals(Query.like("a").nearest(5).includingSelf(), query(",\"include_self\":true"));
    assertEquals(Query.like("a").nearest(5), query(",\"include_self\":null,\"radius\":null"));
  }

  @Test
  void aRadiusAloneWantsAllWithinIt() {
    assertEquals(Query.like("a").within(0.5), query(",\"radius\":0.5"));
    assertEquals(Query.like("a").within(0), query(",\"radius\":0"));
    assertEquals(Query.like("a").within(1).nearest(3), query(",\"radius\":1,\"k\":3"));
  }

  @Test
  void countsBeyondIntAreRefused() {
    assertEquals(Query.like("a").nearest(Query.UNLIMITED), query(",\"k\":2147483647"));
    for (String k : List.of("2147483648", "9".repeat(100_000))) {
      String rule =
          assertThrows(InvalidRequestException.class, () -> query(",\"k\":" + k)).getMessage();
      assertTrue(rule.startsWith("k must be <= 2147483647: k="), rule);
    }
    assertThrows(
        InvalidRequestException.class,
        () -> envelope("{\"op\":\"ids\",\"limit\":99999999999}").request());
  }

  @Test
  void whatIsTooLongIsJsonAllTheSame() {
    for (String body :
        List.of(
            "{\"" + "x".repeat(70_000) + "\":1}",
            "{\"tag\":\"" + "x".repeat(1_100_000) + "\"}",
            "{\"x\":" + "[".repeat(1_100) + "]".repeat(1_100) + "}")) {
      String rule =
          assertThrows(InvalidOperationException.class, () -> envelope(body)).getMessage();
      assertTrue(rule.startsWith("JSON must have names of at most 65536 characters"), rule);
    }
  }

  @Test
  void idsStartAtTheFirstOfAThousand() {
    assertEquals(
        new Ids(Optional.empty(), Optional.empty(), 1000), envelope("{\"op\":\"ids\"}").request());
    assertEquals(
        new Ids(Optional.empty(), Optional.of("b"), 7),
        envelope("{\"op\":\"ids\",\"after\":\"b\",\"limit\":7,\"where\":null}").request());
  }

  @Test
  void aConditionIsReadWhereverThereCanBeOne() {
    Condition small = Condition.parse("n < 3");
    assertEquals(Query.like("a").nearest(5).where("n < 3"), query(",\"where\":\"n<3\""));
    assertEquals(Query.like("a").nearest(5), query(",\"where\":null"));
    assertEquals(
        Optional.of(small),
        envelope("{\"op\":\"with_ts\",\"ts\":[1,2],\"where\":\"(n<3)\"}").request().where());
    assertEquals(
        new Ids(Optional.of(small), Optional.empty(), 1000),
        envelope("{\"op\":\"ids\",\"where\":\" n<3\"}").request());
    InvalidConditionException e =
        assertThrows(InvalidConditionException.class, () -> query(",\"where\":\"n <\""));
    assertEquals(4, e.column());
  }

  @Test
  void attributesAreListedAndDeclared() {
    assertEquals(new ListAttributes(), envelope("{\"op\":\"attributes\"}").request());
    assertEquals(
        new AddAttribute("a b", Type.TIMESTAMP),
        envelope("{\"op\":\"add_attribute\",\"name\":\"a b\",\"type\":\"Timestamp\"}").request());
  }

  @Test
  void nullRemovesAnAttribute() {
    AttributeChanges changes =
        AttributeChanges.setting(Attributes.none().with("d", 1.0).with("text", "x"))
            .without(Set.of("gone"));
    assertEquals(
        new SetAttributes("a", changes),
        envelope(
                "{\"op\":\"set_attributes\",\"id\":\"a\",\"attributes\":"
                    + "{\"gone\":null,\"d\":1,\"text\":\"x\"},\"types\":{\"d\":\"double\"}}")
            .request());
  }

  @Test
  void garbageIsRefusedOrReadAndNothingElse() {
    Random random = Seeds.random("garbage");
    byte[] good =
        ("{\"op\":\"insert\",\"id\":\"a\\u00e9\",\"ts\":[[0,0.5],[1,-2e3]],\"period\":2,"
                + "\"attributes\":{\"x\":1,\"y\":\"z\"},\"types\":{\"x\":\"double\"},\"replace\":true,\"tag\":\"t\"}")
            .getBytes(StandardCharsets.UTF_8);
    int read = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] body = good.clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        body[random.nextInt(body.length)] = (byte) (random.nextBoolean() ? random.nextInt() : '1');
      }
      try {
        Envelope.read(body).request();
        read++;
      } catch (IllegalArgumentException e) {
        Status status = Status.of(e);
        assertTrue(
            status == Status.INVALID_OPERATION
                || status == Status.INVALID_KEY
                || status == Status.INVALID_COMPONENT,
            e::toString);
      }
    }
    assertTrue(read > 100, "read=" + read);
  }

  private static Query query(String fields) {
    Request request = envelope("{\"op\":\"with_id\",\"id\":\"a\"" + fields + "}").request();
    return ((WithId) request).query();
  }

  private static Envelope envelope(String body) {
    return Envelope.read(body.getBytes(StandardCharsets.UTF_8));
  }
}
