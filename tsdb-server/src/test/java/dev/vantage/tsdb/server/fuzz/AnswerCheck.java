package dev.vantage.tsdb.server.fuzz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vantage.tsdb.protocol.Kind;
import dev.vantage.tsdb.protocol.Status;
import dev.vantage.tsdb.rows.InvalidSelectException.Rule;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks that an answer follows the protocol and reports no internal error. */
final class AnswerCheck {
  private static final int MOST_CHARS = 1 << 20;
  private static final int MOST_MESSAGE_CHARS = 4000;
  private static final int SHOWN_CHARS = 500;
  private static final Set<String> FIELDS =
      Set.of("op", "status", "payload", "message", "kind", "tag");
  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNumberLength(MOST_CHARS)
                          .maxStringLength(MOST_CHARS)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private AnswerCheck() {}

  /** Checks an answer to a request, or to input that is not a request. */
  static Status check(Optional<byte[]> request, byte[] answer) {
    JsonNode node;
    try {
      node = JSON.readTree(answer);
    } catch (IOException e) {
      throw new AssertionError("answer must be JSON", e);
    }
    node.fieldNames().forEachRemaining(name -> must(FIELDS.contains(name), node));
    must(node.path("status").isInt(), node);
    Status status = Status.ofCode(node.get("status").intValue());
    must(status != Status.UNKNOWN_ERROR, node);
    must(node.has("op") && node.has("payload"), node);
    must(node.has("message") == (status != Status.OK), node);
    must(node.has("kind") == (status != Status.OK), node);
    if (status == Status.OK) {
      checkEcho(request.orElseThrow(), node);
    } else {
      Kind kind = Kind.ofLabel(node.get("kind").textValue()).orElseThrow();
      checkDetails(kind, node);
      must(kind.status() == status, node);
      String message = node.get("message").textValue();
      must(message != null && message.contains(":"), node);
      must(message.length() < MOST_MESSAGE_CHARS, node);
    }
    return status;
  }

  /** Checks the payload of a failure. */
  private static void checkDetails(Kind kind, JsonNode answer) {
    JsonNode payload = answer.get("payload");
    boolean hasColumn = payload.size() == 1 && payload.path("column").intValue() > 0;
    boolean hasRule =
        payload.size() == 1 && Rule.ofLabel(payload.path("rule").asText()).isPresent();
    must(
        switch (kind) {
          case INVALID_CONDITION -> hasColumn;
          case INVALID_SELECT -> hasRule;
          default -> payload.isNull();
        },
        answer);
  }

  /** Checks the repeated fields with another JSON parser. */
  private static void checkEcho(byte[] request, JsonNode answer) {
    try {
      JsonNode asked = JSON.readTree(request);
      for (String name : List.of("op", "tag")) {
        must(asked.path(name).equals(answer.path(name)) || asked.path(name).isNull(), answer);
      }
    } catch (IOException e) {
      throw new AssertionError("request that is answered must be JSON", e);
    }
  }

  private static void must(boolean holds, JsonNode answer) {
    if (!holds) {
      String text = answer.toString();
      throw new AssertionError(
          "answer must be one of the protocol: "
              + text.substring(0, Math.min(SHOWN_CHARS, text.length())));
    }
  }
}
