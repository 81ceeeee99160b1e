package dev.vantage.tsdb.protocol.op;

import static dev.vantage.tsdb.protocol.op.PayloadReader.list;
import static dev.vantage.tsdb.protocol.op.PayloadReader.numbers;
import static dev.vantage.tsdb.protocol.op.PayloadReader.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.protocol.Payload;
import dev.vantage.tsdb.series.Curve;
import dev.vantage.tsdb.series.SeriesIds;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks for series as they are compared. Immutable.
 *
 * @param ids their ids
 * @param points the number of values of each curve
 */
public record Curves(List<String> ids, int points) implements Request {
  /** The default number of values. */
  public static final int DEFAULT_POINTS = 512;

  static final FieldNames FIELDS = FieldNames.lists("ids").and(FieldNames.scalars("points"));

  public Curves {
    ids = List.copyOf(ids);
    ids.forEach(SeriesIds::check);
  }

  @Override
  public Op op() {
    return Op.CURVES;
  }

  static Curves read(Fields fields) {
    return new Curves(fields.texts("ids"), fields.count("points").orElse(DEFAULT_POINTS));
  }

  @Override
  public void putFields(ObjectNode body) {
    ArrayNode list = body.putArray("ids");
    ids.forEach(list::add);
    body.put("points", points);
  }

  /**
   * Creates the payload of the response.
   *
   * @param curves the curves
   * @return a list of {@code {"id","phase":[...],"value":[...]}}
   */
  public static Payload payload(List<Curve> curves) {
    return out -> {
      out.writeStartArray();
      for (Curve curve : curves) {
        out.writeStartObject();
        out.writeStringField("id", curve.id());
        out.writeFieldName("phase");
        double[] phases = curve.phases();
        out.writeArray(phases, 0, phases.length);
        out.writeFieldName("value");
        double[] values = curve.values();
        out.writeArray(values, 0, values.length);
        out.writeEndObject();
      }
      out.writeEndArray();
    };
  }

  /**
   * Reads the payload of a response.
   *
   * @param payload the payload
   * @return the curves, in the order sent; unmodifiable
   */
  public static List<Curve> answer(JsonNode payload) {
    return PayloadReader.read(payload, Curves::parse);
  }

  private static List<Curve> parse(JsonNode payload) {
    List<Curve> curves = new ArrayList<>();
    for (JsonNode curve : list(payload)) {
      curves.add(
          new Curve(
              text(curve.required("id")),
              numbers(curve.required("phase")),
              numbers(curve.required("value"))));
    }
    return List.copyOf(curves);
  }
}
