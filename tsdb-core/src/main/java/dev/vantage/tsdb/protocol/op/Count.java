package dev.vantage.tsdb.protocol.op;

import static dev.vantage.tsdb.protocol.op.PayloadReader.whole;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.protocol.Payload;
import java.util.Optional;

/**
 * Counts series. Immutable.
 *
 * @param where the condition that the series must meet, or empty to count all series
 */
public record Count(Optional<Condition> where) implements Request {
  static final FieldNames FIELDS = FieldNames.scalars("where");

  @Override
  public Op op() {
    return Op.COUNT;
  }

  static Count read(Fields fields) {
    return new Count(fields.where());
  }

  @Override
  public void putFields(ObjectNode body) {
    where.ifPresent(condition -> body.put("where", condition.toString()));
  }

  /**
   * Creates the payload of the response.
   *
   * @param count the number of series
   * @return {@code {"count"}}
   */
  public static Payload payload(long count) {
    return Payload.of(JsonNodeFactory.instance.objectNode().put("count", count));
  }

  /**
   * Reads the payload of a response.
   *
   * @param payload the payload
   * @return the number of series
   */
  public static long answer(JsonNode payload) {
    return PayloadReader.read(payload, node -> whole(node.required("count")));
  }
}
