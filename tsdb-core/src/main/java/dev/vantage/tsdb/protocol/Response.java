package dev.vantage.tsdb.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A response. Immutable.
 *
 * @param op the operation of the request, as written; empty if the request has none
 * @param status the status
 * @param payload the result; if the status is not OK, machine-readable details of the failure or
 *     JSON null; must not be changed
 * @param message the failure, for people; empty if the status is OK
 * @param kind the kind of failure; empty if the status is OK, or if the kind is missing or unknown
 * @param tag the tag of the request; empty if it has none
 */
public record Response(
    Optional<String> op,
    Status status,
    JsonNode payload,
    Optional<String> message,
    Optional<Kind> kind,
    Optional<String> tag) {
  private static final byte[] PAYLOAD = ",\"payload\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = {'}'};

  /**
   * Returns the response to a successful request.
   *
   * @param request the request that is answered
   * @param payload the result
   * @return the response
   */
  public static Response ok(Echo request, JsonNode payload) {
    return new Response(
        request.op(), Status.OK, payload, Optional.empty(), Optional.empty(), request.tag());
  }

  /**
   * Returns the response to a failed request.
   *
   * @param request the request that failed
   * @param kind the kind of failure
   * @param message the failure, for people
   * @return the response
   */
  public static Response failure(Echo request, Kind kind, String message) {
    return failure(request, kind, NullNode.getInstance(), message);
  }

  /**
   * Returns the response to a failed request, with details.
   *
   * @param request the request that failed
   * @param kind the kind of failure
   * @param details machine-readable details, as {@link Failures#details} returns them
   * @param message the failure, for people
   * @return the response
   */
  public static Response failure(Echo request, Kind kind, JsonNode details, String message) {
    return new Response(
        request.op(),
        kind.status(),
        details,
        Optional.of(message),
        Optional.of(kind),
        request.tag());
  }

  /** {@return the body of the frame of this response} */
  public byte[] encode() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("op", op.orElse(null));
    body.put("status", status.code());
    body.set("payload", payload);
    message.ifPresent(text -> body.put("message", text));
    kind.ifPresent(word -> body.put("kind", word.label()));
    tag.ifPresent(text -> body.put("tag", text));
    return Json.toBytes(body);
  }

  /**
   * Encodes like {@code ok(request, payload).encode()}, but with a payload that is encoded already,
   * which is not copied.
   *
   * @param request the request that is answered
   * @param payload the result, as {@link Json#toBody} writes it
   * @return the body of the frame of the response
   */
  public static Body encodeOk(Echo request, Body payload) {
    ObjectNode before = JsonNodeFactory.instance.objectNode();
    before.put("op", request.op().orElse(null));
    before.put("status", Status.OK.code());
    byte[] head = Json.toBytes(before);
    // The two objects lose their inner braces, and the payload goes between them.
    byte[] start = Arrays.copyOf(head, head.length - 1 + PAYLOAD.length);
    System.arraycopy(PAYLOAD, 0, start, head.length - 1, PAYLOAD.length);
    return payload.between(start, request.tag().map(Response::tagged).orElse(END));
  }

  private static byte[] tagged(String tag) {
    byte[] end = Json.toBytes(JsonNodeFactory.instance.objectNode().put("tag", tag));
    end[0] = ',';
    return end;
  }

  /**
   * Reads the body of a frame.
   *
   * @param body the body
   * @return the response
   * @throws ProtocolException if the body is not a response
   */
  public static Response decode(byte[] body) {
    JsonNode node;
    try {
      node = Json.read(body);
    } catch (IOException e) {
      throw new ProtocolException(
          "response must be a JSON object in UTF-8: problem=" + Json.problem(e), e);
    }
    JsonNode status = node.path("status");
    if (!status.isInt() || status.intValue() < 0 || status.intValue() >= Status.values().length) {
      throw new ProtocolException("response must have a status from 0 to 8: bytes=" + body.length);
    }
    return new Response(
        text(node, "op"),
        Status.ofCode(status.intValue()),
        node.has("payload") ? node.get("payload") : NullNode.getInstance(),
        text(node, "message"),
        text(node, "kind").flatMap(Kind::ofLabel),
        text(node, "tag"));
  }

  private static Optional<String> text(JsonNode node, String name) {
    return Optional.ofNullable(node.path(name).textValue());
  }
}
