package dev.vantage.tsdb.protocol.op;

import static dev.vantage.tsdb.protocol.op.PayloadReader.integer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.protocol.Payload;
import dev.vantage.tsdb.series.SeriesIds;

/**
 * Makes a stored series a vantage point. Immutable.
 *
 * @param id its id
 */
public record AddVantagePoint(String id) implements Request {
  static final FieldNames FIELDS = FieldNames.scalars("id");

  public AddVantagePoint {
    SeriesIds.check(id);
  }

  @Override
  public Op op() {
    return Op.ADD_VANTAGE_POINT;
  }

  static AddVantagePoint read(Fields fields) {
    return new AddVantagePoint(fields.id());
  }

  @Override
  public void putFields(ObjectNode body) {
    body.put("id", id);
  }

  /**
   * Creates the payload of the response.
   *
   * @param id the id of the series
   * @param count the number of vantage points now
   * @return {@code {"id","vantage_points"}}
   */
  public static Payload payload(String id, int count) {
    return Payload.of(
        JsonNodeFactory.instance.objectNode().put("id", id).put("vantage_points", count));
  }

  /**
   * Reads the payload of a response.
   *
   * @param payload the payload
   * @return the number of vantage points
   */
  public static int answer(JsonNode payload) {
    return PayloadReader.read(payload, node -> integer(node.required("vantage_points")));
  }
}
