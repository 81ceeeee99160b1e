package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.protocol.Payload;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.SeriesIds;

/**
 * Changes attributes of a series; its points stay. Immutable.
 *
 * @param id the id of the series
 * @param changes the values to set and the names to remove, which are null in the request
 */
public record SetAttributes(String id, AttributeChanges changes) implements Request {
  static final FieldNames FIELDS =
      FieldNames.scalars("id").and(FieldNames.objects("attributes", "types"));

  public SetAttributes {
    SeriesIds.check(id);
  }

  @Override
  public Op op() {
    return Op.SET_ATTRIBUTES;
  }

  static SetAttributes read(Fields fields) {
    return new SetAttributes(fields.id(), AttributeJson.readChanges(fields));
  }

  @Override
  public void putFields(ObjectNode body) {
    body.put("id", id);
    AttributeJson.put(body, changes);
  }

  /**
   * Creates the payload of the response.
   *
   * @param id the id of the series
   * @return {@code {"id"}}
   */
  public static Payload payload(String id) {
    return Payload.of(JsonNodeFactory.instance.objectNode().put("id", id));
  }
}
