package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.protocol.Payload;
import java.util.List;
import java.util.Optional;

/**
 * Asks for ids in order. Immutable.
 *
 * @param where the condition that the series must meet, or empty for the ids of all series
 * @param after the string after which to start, or empty for the first ids
 * @param limit the maximum number of ids, at least 1
 */
public record Ids(Optional<Condition> where, Optional<String> after, int limit) implements Request {
  /** The default limit, in ids. */
  public static final int DEFAULT_LIMIT = 1000;

  static final FieldNames FIELDS = FieldNames.scalars("where", "after", "limit");

  public Ids {
    if (limit < 1) {
      throw new InvalidRequestException("limit must be >= 1: limit=" + limit);
    }
  }

  @Override
  public Op op() {
    return Op.IDS;
  }

  static Ids read(Fields fields) {
    int limit = fields.count("limit").orElse(DEFAULT_LIMIT);
    return new Ids(fields.where(), fields.unicodeText("after"), limit);
  }

  @Override
  public void putFields(ObjectNode body) {
    where.ifPresent(condition -> body.put("where", condition.toString()));
    after.ifPresent(id -> body.put("after", id));
    body.put("limit", limit);
  }

  /**
   * Creates the payload of the response.
   *
   * @param ids the ids
   * @return a list of them
   */
  public static Payload payload(List<String> ids) {
    return out -> {
      out.writeStartArray();
      for (String id : ids) {
        out.writeString(id);
      }
      out.writeEndArray();
    };
  }

  /**
   * Reads the payload of a response.
   *
   * @param payload the payload
   * @return the ids, in the order sent; unmodifiable
   */
  public static List<String> answer(JsonNode payload) {
    return PayloadReader.read(payload, PayloadReader::texts);
  }
}
