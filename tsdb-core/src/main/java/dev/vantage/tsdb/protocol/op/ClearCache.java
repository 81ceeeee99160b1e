package dev.vantage.tsdb.protocol.op;

import static dev.vantage.tsdb.protocol.op.PayloadReader.whole;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vantage.tsdb.protocol.Payload;

/** Asks to drop what the cache of answers holds. */
public record ClearCache() implements Request {
  @Override
  public Op op() {
    return Op.CACHE_CLEAR;
  }

  /**
   * Writes the answer.
   *
   * @param items how many answers were dropped
   * @return {@code {"dropped"}}
   */
  public static Payload payload(long items) {
    return Payload.of(JsonNodeFactory.instance.objectNode().put("dropped", items));
  }

  /**
   * Reads the answer.
   *
   * @param payload the payload
   * @return how many answers were dropped
   */
  public static long answer(JsonNode payload) {
    return PayloadReader.read(payload, node -> whole(node.required("dropped")));
  }
}
