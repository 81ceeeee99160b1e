package dev.vantage.tsdb.server.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.protocol.Status;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The check of answers detects wrong answers. */
class AnswerCheckTest {
  private static final String PING = "{\"op\":\"ping\",\"tag\":\"7\"}";

  private static Status check(String answer) {
    return AnswerCheck.check(
        Optional.of(PING.getBytes(StandardCharsets.UTF_8)),
        answer.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void takesAnswersOfTheProtocol() {
    String start = "{\"op\":\"ping\",";
    assertEquals(Status.OK, check(start + "\"status\":0,\"payload\":\"pong\",\"tag\":\"7\"}"));
    assertEquals(
        Status.UNAVAILABLE,
        check(start + "\"status\":6,\"payload\":null,\"message\":\"a: b\",\"kind\":\"busy\"}"));
  }

  @Test
  void findsAnythingElse() {
    for (String wrong :
        new String[] {
          "",
          "pong",
          "{\"op\":\"ping\",\"status\":0,\"payload\":\"pong\",\"tag\":\"8\"}",
          "{\"op\":\"pong\",\"status\":0,\"payload\":\"pong\",\"tag\":\"7\"}",
          "{\"op\":\"ping\",\"status\":0,\"payload\":\"pong\",\"tag\":\"7\"} {}",
          "{\"op\":\"ping\",\"status\":0,\"payload\":\"pong\",\"message\":\"a: b\",\"tag\":\"7\"}",
          "{\"op\":\"ping\",\"status\":1,\"payload\":null,\"message\":\"a: b\",\"kind\":\"internal\"}",
          "{\"op\":\"ping\",\"status\":9,\"payload\":null,\"message\":\"a: b\",\"kind\":\"busy\"}",
          "{\"op\":\"ping\",\"status\":4,\"payload\":null,\"kind\":\"invalid-field\"}",
          "{\"op\":\"ping\",\"status\":4,\"payload\":null,\"message\":\"a: b\"}",
          "{\"op\":\"ping\",\"status\":4,\"payload\":null,\"message\":\"a: b\",\"kind\":\"busy\"}",
          "{\"op\":\"ping\",\"status\":4,\"payload\":1,\"message\":\"a: b\",\"kind\":\"invalid-field\"}",
          "{\"op\":\"ping\",\"status\":4,\"payload\":null,\"message\":\"null\",\"kind\":\"invalid-field\"}",
          "{\"op\":\"ping\",\"status\":4,\"payload\":null,\"message\":\"a: b\","
              + "\"kind\":\"invalid-field\",\"at\":\"X.java\"}"
        }) {
      assertThrows(Throwable.class, () -> check(wrong), wrong);
    }
  }
}
