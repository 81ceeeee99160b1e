package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.vantage.tsdb.protocol.Body;
import dev.vantage.tsdb.protocol.Echo;
import dev.vantage.tsdb.protocol.InvalidOperationException;
import dev.vantage.tsdb.protocol.Json;
import dev.vantage.tsdb.protocol.Kind;
import dev.vantage.tsdb.protocol.ReadCosts;
import dev.vantage.tsdb.protocol.Room;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A request as it was received: what its answer has to repeat, known even where the request itself
 * is not valid.
 */
public final class Envelope {
  private final Fields fields;

  private Envelope(Fields fields) {
    this.fields = fields;
  }

  /**
   * Reads the body of a frame, and all of a series in it. Costs its length.
   *
   * @param body the body
   * @return what it says
   * @throws InvalidOperationException if it is not a JSON object in UTF-8, and nothing after it
   */
  public static Envelope read(byte[] body) {
    return read(Body.of(body), op -> Integer.MAX_VALUE, Room.ENDLESS);
  }

  /**
   * Reads the body of a frame. Costs its length; a series that is passed over costs little, and so
   * does whatever no operation has. Nothing that grows with the body is kept before there is room.
   *
   * @param body the body
   * @param series how much to keep of a series; one with more points is an invalid component
   * @param room is asked for room for what is kept, beside the body
   * @return what it says
   * @throws InvalidOperationException if it is not a JSON object in UTF-8, and nothing after it, or
   *     one that is nested too deeply, or has a name, string or number that is too long
   */
  public static Envelope read(Body body, SeriesRoom series, Room room) {
    room.take(ReadCosts.lexer(body.length()));
    try (JsonParser parser = Json.parser(body.stream())) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT) {
        throw new InvalidOperationException(
            "request must be a JSON object: found="
                + (first == null ? "nothing" : JsonValue.kind(first)));
      }
      Fields fields = Fields.read(parser, RequestForms.ALL_FIELDS, series, room);
      if (parser.nextToken() != null) {
        throw new InvalidOperationException("request must be one JSON object: found=more after it");
      }
      return new Envelope(fields);
    } catch (IOException e) {
      throw new InvalidOperationException(Json.objectRule(e) + ": problem=" + Json.problem(e));
    }
  }

  /** {@return the name of the operation as it was sent, or empty if there was no string} */
  public Optional<String> op() {
    return fields.textIfAny("op");
  }

  /** {@return the tag, or empty if there was no string} */
  public Optional<String> tag() {
    return fields.textIfAny("tag");
  }

  /** {@return what the answer repeats} */
  public Echo echo() {
    return new Echo(op(), tag());
  }

  /** {@return whether a series was passed over, so that there is no request to be had} */
  public boolean passedOver() {
    return fields.passedOver();
  }

  /**
   * Reads the request, every field checked that can be without the database.
   *
   * @return the request
   * @throws InvalidOperationException if there is no such operation
   * @throws dev.vantage.tsdb.series.InvalidIdException if the id is missing or malformed
   * @throws dev.vantage.tsdb.InvalidRequestException if another field is missing, of the wrong type
   *     or out of range
   * @throws dev.vantage.tsdb.series.InvalidSeriesException if the points make no series
   * @throws dev.vantage.tsdb.series.InvalidAttributeException if an attribute is not one
   * @throws dev.vantage.tsdb.condition.InvalidConditionException if a condition is not one
   */
  public Request request() {
    String label =
        op().orElseThrow(() -> new InvalidOperationException("op must be a string: op=none"));
    Op op =
        Op.ofLabel(label)
            .orElseThrow(
                () -> new InvalidOperationException(Kind.UNKNOWN_OPERATION, unknown(label)));
    Request request = RequestForms.of(op).reader().apply(fields);
    fields.text("tag");
    return request;
  }

  private static String unknown(String label) {
    String known = Arrays.stream(Op.values()).map(Op::label).collect(Collectors.joining(", "));
    return "op must be one of " + known + ": op=" + Quote.start(label);
  }
}
