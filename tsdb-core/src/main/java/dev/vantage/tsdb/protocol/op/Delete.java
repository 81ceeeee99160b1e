package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.protocol.Payload;
import dev.vantage.tsdb.series.SeriesIds;

/**
 * Removes a series. Immutable.
 *
 * @param id its id
 */
public record Delete(String id) implements Request {
  static final FieldNames FIELDS = FieldNames.scalars("id");

  public Delete {
    SeriesIds.check(id);
  }

  @Override
  public Op op() {
    return Op.DELETE;
  }

  static Delete read(Fields fields) {
    return new Delete(fields.id());
  }

  @Override
  public void putFields(ObjectNode body) {
    body.put("id", id);
  }

  /**
   * Creates the payload of the response.
   *
   * @param id the id of the removed series
   * @return {@code {"id"}}
   */
  public static Payload payload(String id) {
    return Payload.of(JsonNodeFactory.instance.objectNode().put("id", id));
  }
}
