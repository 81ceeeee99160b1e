package dev.vantage.tsdb.protocol.op;

import static dev.vantage.tsdb.protocol.op.PayloadReader.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.protocol.Payload;
import dev.vantage.tsdb.series.SeriesEntry;

/**
 * Asks to add a series.
 *
 * @param entry the series
 * @param replace whether it takes the place of one with its id
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
   * Writes the answer.
   *
   * @param id the id of the series
   * @param created whether it is new
   * @return {@code {"id","created"}}
   */
  public static Payload payload(String id, boolean created) {
    return Payload.of(JsonNodeFactory.instance.objectNode().put("id", id).put("created", created));
  }

  /**
   * Reads the answer.
   *
   * @param payload the payload
   * @return whether the series is new
   */
  public static boolean answer(JsonNode payload) {
    return PayloadReader.read(payload, node -> truth(node.required("created")));
  }
}
