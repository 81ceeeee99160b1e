package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vantage.tsdb.protocol.Payload;

/** Asks for a sign of life. */
public record Ping() implements Request {
  @Override
  public Op op() {
    return Op.PING;
  }

  /** {@return the answer, {@code "pong"}} */
  public static Payload payload() {
    return Payload.of(JsonNodeFactory.instance.textNode("pong"));
  }
}
