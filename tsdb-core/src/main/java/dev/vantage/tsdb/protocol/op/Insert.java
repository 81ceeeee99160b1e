package dev.vantage.tsdb.protocol.op;

import static dev.vantage.tsdb.protocol.op.PayloadReader.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.protocol.Payload;
import dev.vantage.tsdb.series.SeriesEntry;

/**
 * Adds a series. Immutable.
 *
 * @param entry the series
 * @param replace whether the series replaces a stored series with its id
 */
public record Insert(SeriesEntry entry, boolean replace) implements Request {
  static final FieldNames FIELDS =
      FieldNames.scalars("id", "replace")
          .and(SeriesFields.NAMES)
          .and(FieldNames.objects("attributes", "types"));

  @Override
  public Op op() {
    return Op.INSERT;
  }

  static Insert read(Fields fields) {
    SeriesEntry entry =
        new SeriesEntry(fields.id(), SeriesFields.read(fields), AttributeJson.read(fields));
    return new Insert(entry, fields.flag("replace"));
  }

  @Override
  public void putFields(ObjectNode body) {
    body.put("id", entry.id());
    SeriesFields.put(body, entry.series());
    if (!entry.attributes().asMap().isEmpty()) {
      AttributeJson.put(body, entry.attributes());
    }
    if (replace) {
      body.put("replace", true);
    }
  }

  /**
   * Creates the payload of the response.
   *
   * @param id the id of the series
   * @param created whether it is new
   * @return {@code {"id","created"}}
   */
  public static Payload payload(String id, boolean created) {
    return Payload.of(JsonNodeFactory.instance.objectNode().put("id", id).put("created", created));
  }

  /**
   * Reads the payload of a response.
   *
   * @param payload the payload
   * @return whether the series is new
   */
  public static boolean answer(JsonNode payload) {
    return PayloadReader.read(payload, node -> truth(node.required("created")));
  }
}
