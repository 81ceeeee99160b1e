package dev.vantage.tsdb.protocol.op;

import static dev.vantage.tsdb.protocol.op.PayloadReader.whole;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vantage.tsdb.protocol.Payload;

/** Clears the answer cache. Immutable. */
public record ClearCache() implements Request {
  @Override
  public Op op() {
    return Op.CACHE_CLEAR;
  }

  /**
   * Creates the payload of the response.
   *
   * @param items the number of dropped answers
   * @return {@code {"dropped"}}
   */
  public static Payload payload(long items) {
    return Payload.of(JsonNodeFactory.instance.objectNode().put("dropped", items));
  }

  /**
   * Reads the payload of a response.
   *
   * @param payload the payload
   * @return the number of dropped answers
   */
  public static long answer(JsonNode payload) {
    return PayloadReader.read(payload, node -> whole(node.required("dropped")));
  }
}
