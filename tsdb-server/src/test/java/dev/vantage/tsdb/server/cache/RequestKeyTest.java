package dev.vantage.tsdb.server.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.protocol.op.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Equivalent requests have the same key, and other requests do not. */
class RequestKeyTest {
  private static Optional<RequestKey> keyIfAny(String body) {
    return RequestKey.of(Envelope.read(body.getBytes(StandardCharsets.UTF_8)).request());
  }

  private static RequestKey key(String body) {
    return keyIfAny(body).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " { \"id\" : \"a\" , \"op\":\"with_id\" } ",
        "{\"op\":\"with_id\",\"id\":\"\\u0061\"}",
        "{\"op\":\"with_id\",\"id\":\"a\",\"k\":5}",
        "{\"op\":\"with_id\",\"id\":\"a\",\"tag\":\"t\",\"colour\":[1,{}]}",
        "{\"op\":\"with_id\",\"id\":\"b\",\"id\":\"a\"}",
        "{\"op\":\"with_id\",\"id\":\"a\",\"attributes\":[],\"protocol\":1}",
        "{\"op\":\"with_id\",\"id\":\"a\",\"include_self\":false,\"explain\":null,\"radius\":null}"
      })
  void spellingDoesNotMatter(String variant) {
    assertEquals(key("{\"op\":\"with_id\",\"id\":\"a\"}"), key(variant));
  }

  @Test
  void conditionsAreCompared() {
    String start = "{\"op\":\"with_id\",\"id\":\"a\",\"where\":\"";
    RequestKey key = key(start + "band = 'g' and period between 0.5 and 1\"}");
    assertEquals(key, key(start + "  band='g'  AND (period BETWEEN 0.5 and 1)\"}"));
    assertEquals(key, key(start + "'g' = \\\"band\\\" and period between 0.5 and 1\"}"));
    for (String other :
        List.of(
            "band = 'g' and period between 0.5 and 2",
            "band = 'G' and period between 0.5 and 1",
            "band = 'g' or period between 0.5 and 1",
            "not (band = 'g' and period between 0.5 and 1)",
            "band = 'g'")) {
      assertNotEquals(key, key(start + other + "\"}"), other);
    }
  }

  @Test
  void numbersAreComparedByValue() {
    String start = "{\"op\":\"with_ts\",\"ts\":";
    assertEquals(key(start + "[1,2,3]}"), key(start + "[1.0,20e-1,3.00]}"));
    assertEquals(key(start + "[1,2],\"radius\":0.5}"), key(start + "[1,2],\"radius\":5e-1}"));
    assertEquals(key(start + "[1,2],\"radius\":0.0}"), key(start + "[1,2],\"radius\":-0.0}"));
    assertEquals(
        key(start + "[[0,0.5],[1,2]],\"period\":1}"),
        key(start + "[[0,0.5],[1,2]],\"period\":1.0}"));
  }

  @Test
  void whateverChangesAnAnswerChangesTheKey() {
    Map<RequestKey, String> keys = new HashMap<>();
    for (String body :
        List.of(
            "\"op\":\"with_id\",\"id\":\"a\"",
            "\"op\":\"with_id\",\"id\":\"A\"",
            "\"op\":\"with_id\",\"id\":\"a\",\"k\":6",
            "\"op\":\"with_id\",\"id\":\"a\",\"radius\":0.5",
            "\"op\":\"with_id\",\"id\":\"a\",\"radius\":0.5000000000000001",
            "\"op\":\"with_id\",\"id\":\"a\",\"k\":5,\"radius\":0.5",
            "\"op\":\"with_id\",\"id\":\"a\",\"include_self\":true",
            "\"op\":\"with_id\",\"id\":\"a\",\"explain\":true",
            "\"op\":\"with_id\",\"id\":\"a\",\"where\":\"x = 1\"",
            "\"op\":\"with_id\",\"id\":\"a\",\"attributes\":[\"x\"]",
            "\"op\":\"with_id\",\"id\":\"a\",\"attributes\":[\"y\"]",
            "\"op\":\"with_id\",\"id\":\"a\",\"attributes\":[\"x\",\"y\"]",
            "\"op\":\"with_id\",\"id\":\"a\",\"attributes\":[\"xy\"]",
            "\"op\":\"with_id\",\"id\":\"a\",\"attributes\":[\"?\"]",
            "\"op\":\"with_id\",\"id\":\"a\",\"attributes\":[\"\\ud800\"]",
            "\"op\":\"with_id\",\"id\":\"a\",\"protocol\":2",
            "\"op\":\"with_id\",\"id\":\"a\",\"protocol\":2,\"explain\":true",
            "\"op\":\"with_id\",\"id\":\"a\",\"explain\":true,\"ks\":6",
            "\"op\":\"with_id\",\"id\":\"a\",\"explain\":true,\"kt\":6",
            "\"op\":\"with_ts\",\"ts\":[1,2,3]",
            "\"op\":\"with_ts\",\"ts\":[1,2,3.0000000000000004]",
            "\"op\":\"with_ts\",\"ts\":[1,3,2]",
            "\"op\":\"with_ts\",\"ts\":[1,2,3,3]",
            // The same numbers, as times and as values.
            "\"op\":\"with_ts\",\"ts\":[[0,0.5],[1,2]]",
            "\"op\":\"with_ts\",\"ts\":[0,0.5,1,2]",
            "\"op\":\"with_ts\",\"ts\":[1,2]",
            "\"op\":\"with_ts\",\"ts\":[[0,0.5],[1,2]],\"period\":1",
            "\"op\":\"with_ts\",\"ts\":[[0,0.5],[1,2]],\"period\":2",
            "\"op\":\"with_ts\",\"ts\":[1,2,3],\"k\":7")) {
      String before = keys.put(key("{" + body + "}"), body);
      assertTrue(before == null, () -> body + " and " + before);
    }
  }

  @Test
  void aBudgetDoesNotChangeAnExactAnswer() {
    assertEquals(
        key("{\"op\":\"with_id\",\"id\":\"a\",\"explain\":true}"),
        key("{\"op\":\"with_id\",\"id\":\"a\",\"budget\":{\"exact_distances\":3}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"op\":\"ping\"}",
        "{\"op\":\"get\",\"id\":\"a\"}",
        "{\"op\":\"ids\"}",
        "{\"op\":\"count\"}",
        "{\"op\":\"delete\",\"id\":\"a\"}",
        "{\"op\":\"cache_stats\"}"
      })
  void onlySearchesHaveOne(String body) {
    assertEquals(Optional.empty(), keyIfAny(body));
  }
}
