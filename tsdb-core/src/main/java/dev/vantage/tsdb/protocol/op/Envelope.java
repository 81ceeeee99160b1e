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
 * A request as received, with the parts that its response repeats, which are known even if the
 * request is invalid.
 */
public final class Envelope {
  private final Fields fields;

  private Envelope(Fields fields) {
    this.fields = fields;
  }

  /**
   * Reads the body of a frame, including any series in it. Cost: linear in its length.
   *
   * @param body the body
   * @return the envelope
   * @throws InvalidOperationException if the body is not exactly one JSON object in UTF-8
   */
  public static Envelope read(byte[] body) {
    return read(Body.of(body), op -> Integer.MAX_VALUE, Room.ENDLESS);
  }

  /**
   * Reads the body of a frame. Cost: linear in its length; skipping a series or an unknown field
   * costs little. Memory that grows with the body is taken from the room first.
   *
   * @param body the body
   * @param series decides how many points of a series are kept; a series with more points is an
   *     invalid component
   * @param room supplies the memory that is kept in addition to the body
   * @return the envelope
   * @throws InvalidOperationException if the body is not exactly one JSON object in UTF-8, is
   *     nested too deeply, or has a name, string or number that is too long
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
        throw new InvalidOperationException("request must be one JSON object: found=text after it");
      }
      return new Envelope(fields);
    } catch (IOException e) {
      throw new InvalidOperationException(Json.objectRule(e) + ": problem=" + Json.problem(e));
    }
  }

  /** {@return the name of the operation as sent, or empty if it is not a string} */
  public Optional<String> op() {
    return fields.textIfAny("op");
  }

  /** {@return the tag, or empty if it is not a string} */
  public Optional<String> tag() {
    return fields.textIfAny("tag");
  }

  /** {@return the parts that the response repeats} */
  public Echo echo() {
    return new Echo(op(), tag());
  }

  /** {@return whether a series was skipped, so that {@link #request} cannot be read} */
  public boolean passedOver() {
    return fields.passedOver();
  }

  /**
   * Reads the request and checks every field that can be checked without the database.
   *
   * @return the request
   * @throws InvalidOperationException if the operation is unknown
   * @throws dev.vantage.tsdb.series.InvalidIdException if the id is missing or malformed
   * @throws dev.vantage.tsdb.InvalidRequestException if another field is missing, of the wrong type
   *     or out of range
   * @throws dev.vantage.tsdb.series.InvalidSeriesException if the points are not a valid series
   * @throws dev.vantage.tsdb.series.InvalidAttributeException if an attribute is malformed
   * @throws dev.vantage.tsdb.condition.InvalidConditionException if a condition is malformed
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
