package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.protocol.Json;
import java.util.Optional;

/** Encodes requests. Thread-safe. {@link Envelope} reads them. */
public final class Requests {
  private Requests() {}

  /**
   * Encodes a request.
   *
   * @param request the request
   * @param tag a string for the response to repeat, or empty
   * @return the body of its frame
   */
  public static byte[] encode(Request request, Optional<String> tag) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("op", request.op().label());
    tag.ifPresent(text -> body.put("tag", text));
    request.putFields(body);
    return Json.toBytes(body);
  }
}
