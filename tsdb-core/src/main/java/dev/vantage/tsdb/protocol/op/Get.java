package dev.vantage.tsdb.protocol.op;

import static dev.vantage.tsdb.protocol.op.PayloadReader.number;
import static dev.vantage.tsdb.protocol.op.PayloadReader.numbers;
import static dev.vantage.tsdb.protocol.op.PayloadReader.text;
import static dev.vantage.tsdb.protocol.op.PayloadReader.truth;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.protocol.Payload;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.SeriesIds;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;

/**
 * Asks for a series as inserted. Immutable.
 *
 * @param id its id
 */
public record Get(String id) implements Request {
  static final FieldNames FIELDS = FieldNames.scalars("id");

  public Get {
    SeriesIds.check(id);
  }

  @Override
  public Op op() {
    return Op.GET;
  }

  static Get read(Fields fields) {
    return new Get(fields.id());
  }

  @Override
  public void putFields(ObjectNode body) {
    body.put("id", id);
  }

  /**
   * Creates the payload of the response.
   *
   * @param entry the series
   * @return {@code {"id","ts":[times,values],"attributes":{...}}}, with {@code period} if it has
   *     one, {@code "evenly_spaced":true} if it was inserted without times, and {@code
   *     "types":{...}} with the types of attributes that are written as strings but are not of type
   *     text
   */
  public static Payload payload(SeriesEntry entry) {
    return out -> {
      TimeSeries series = entry.series();
      out.writeStartObject();
      out.writeStringField("id", entry.id());
      out.writeArrayFieldStart("ts");
      write(series.times(), out);
      write(series.values(), out);
      out.writeEndArray();
      AttributeJson.write(entry.attributes(), out);
      if (series.period().isPresent()) {
        out.writeNumberField("period", series.period().getAsDouble());
      }
      if (!series.hasTimes()) {
        out.writeBooleanField("evenly_spaced", true);
      }
      out.writeEndObject();
    };
  }

  private static void write(double[] numbers, JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (double number : numbers) {
      out.writeNumber(number);
    }
    out.writeEndArray();
  }

  /**
   * Reads the payload of a response.
   *
   * @param payload the payload
   * @return the series as inserted
   */
  public static SeriesEntry answer(JsonNode payload) {
    return PayloadReader.read(payload, Get::parse);
  }

  private static SeriesEntry parse(JsonNode payload) {
    JsonNode ts = payload.required("ts");
    double[] values = numbers(ts.required(1));
    boolean evenlySpaced = payload.has("evenly_spaced") && truth(payload.get("evenly_spaced"));
    TimeSeries series =
        evenlySpaced ? TimeSeries.ofValues(values) : TimeSeries.of(numbers(ts.required(0)), values);
    if (payload.has("period")) {
      series = series.foldedBy(number(payload.get("period")));
    }
    return new SeriesEntry(text(payload.required("id")), series, AttributeJson.read(payload));
  }
}
