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
 * An answer.
 *
 * @param op the operation that was asked for, as it was written; empty if none was
 * @param status how it ended
 * @param payload what was asked for; where the status is not OK, details of the failure for
 *     programs or JSON null; not to be changed
 * @param message what went wrong; empty if the status is OK
 * @param kind what kind of failure it is; empty if the status is OK, or if no kind known here was
 *     named
 * @param tag the tag of the request, if it had one
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
   * Answers a request.
   *
   * @param request what is answered
   * @param payload what was asked for
   * @return the answer
   */
  public static Response ok(Echo request, JsonNode payload) {
    return new Response(
        request.op(), Status.OK, payload, Optional.empty(), Optional.empty(), request.tag());
  }

  /**
   * Refuses a request.
   *
   * @param request what is refused
   * @param kind why
   * @param message why, for people
   * @return the answer
   */
  public static Response failure(Echo request, Kind kind, String message) {
    return failure(request, kind, NullNode.getInstance(), message);
  }

  /**
   * Refuses a request, with details.
   *
   * @param request what is refused
   * @param kind why
   * @param details what programs are told, as {@link Failures#details} makes it
   * @param message why, for people
   * @return the answer
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

  /** {@return the body of the frame for this answer} */
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
   * Writes what {@code ok(request, payload).encode()} would, with a payload that is written
   * already, and not copied.
   *
   * @param request what is answered
   * @param payload what was asked for, as {@link Json#toBody} writes it
   * @return the body of the frame for the answer
   */
  public static Body encodeOk(Echo request, Body payload) {
    ObjectNode before = JsonNodeFactory.instance.objectNode();
    before.put("op", request.op().orElse(null));
    before.put("status", Status.OK.code());
    byte[] head = Json.toBytes(before);
    // The braces of the two objects give way to what comes between them.
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
   * @return the answer in it
   * @throws ProtocolException if it is none
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
