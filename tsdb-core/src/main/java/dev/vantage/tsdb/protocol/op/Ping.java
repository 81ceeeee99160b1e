package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vantage.tsdb.protocol.Payload;

/** Checks that the server responds. Immutable. */
public record Ping() implements Request {
  @Override
  public Op op() {
    return Op.PING;
  }

  /** {@return the payload of the response, {@code "pong"}} */
  public static Payload payload() {
    return Payload.of(JsonNodeFactory.instance.textNode("pong"));
  }
}
