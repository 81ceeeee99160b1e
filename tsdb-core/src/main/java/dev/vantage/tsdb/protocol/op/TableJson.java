package dev.vantage.tsdb.protocol.op;

import static dev.vantage.tsdb.protocol.op.PayloadReader.list;
import static dev.vantage.tsdb.protocol.op.PayloadReader.number;
import static dev.vantage.tsdb.protocol.op.PayloadReader.text;
import static dev.vantage.tsdb.protocol.op.PayloadReader.truth;
import static dev.vantage.tsdb.protocol.op.PayloadReader.whole;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.protocol.Payload;
import dev.vantage.tsdb.rows.Rows;
import dev.vantage.tsdb.rows.TableColumn;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.BooleanValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The JSON of tables: {@code {"type":"table","columns":[{"name","type"}],"rows":[[...]],
 * "notes":[...]}}, where a missing value is null, a timestamp is a string in ISO 8601, and {@code
 * notes} is there only if there are any. Thread-safe.
 */
public final class TableJson {
  private TableJson() {}

  /**
   * Creates a payload with a table.
   *
   * @param rows the table
   * @param notes what its readers should know about it
   * @return the payload
   */
  public static Payload payload(Rows rows, List<String> notes) {
    return out -> write(rows, notes, out);
  }

  private static void write(Rows rows, List<String> notes, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("type", "table");
    out.writeArrayFieldStart("columns");
    for (TableColumn column : rows.columns()) {
      out.writeStartObject();
      out.writeStringField("name", column.name());
      out.writeStringField("type", column.type().label());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("rows");
    for (int row = 0; row < rows.size(); row++) {
      out.writeStartArray();
      for (int column = 0; column < rows.columns().size(); column++) {
        Optional<AttributeValue> value = rows.value(row, column);
        if (value.isPresent()) {
          write(value.get(), out);
        } else {
          out.writeNull();
        }
      }
      out.writeEndArray();
    }
    out.writeEndArray();
    if (!notes.isEmpty()) {
      out.writeArrayFieldStart("notes");
      for (String note : notes) {
        out.writeString(note);
      }
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  private static void write(AttributeValue value, JsonGenerator out) throws IOException {
    if (value instanceof LongValue number) {
      out.writeNumber(number.value());
    } else if (value instanceof DoubleValue number) {
      out.writeNumber(number.value());
    } else if (value instanceof BooleanValue truth) {
      out.writeBoolean(truth.value());
    } else {
      out.writeString(value.toString());
    }
  }

  /**
   * Reads a table.
   *
   * @param payload the JSON of a table
   * @return the table
   * @throws dev.vantage.tsdb.protocol.ProtocolException if it is not the JSON of a table
   */
  public static Rows answer(JsonNode payload) {
    return PayloadReader.read(payload, TableJson::parse);
  }

  private static Rows parse(JsonNode payload) {
    List<TableColumn> columns = new ArrayList<>();
    for (JsonNode column : list(payload.required("columns"))) {
      columns.add(
          new TableColumn(
              text(column.required("name")), AttributeJson.type(text(column.required("type")))));
    }
    Rows.Builder rows = new Rows.Builder(columns);
    for (JsonNode row : list(payload.required("rows"))) {
      if (list(row).size() != columns.size()) {
        throw new IllegalArgumentException("row must have a value for each column");
      }
      List<Optional<AttributeValue>> values = new ArrayList<>(columns.size());
      for (TableColumn column : columns) {
        JsonNode value = row.get(values.size());
        values.add(value.isNull() ? Optional.empty() : Optional.of(value(value, column.type())));
      }
      rows.add(values);
    }
    return rows.build();
  }

  private static AttributeValue value(JsonNode value, Type type) {
    return switch (type) {
      case DOUBLE -> new DoubleValue(number(value));
      case LONG -> new LongValue(whole(value));
      case TEXT -> new TextValue(text(value));
      case BOOLEAN -> new BooleanValue(truth(value));
      case TIMESTAMP ->
          TimestampValue.ofText(text(value))
              .orElseThrow(
                  () -> new IllegalArgumentException("must be a timestamp, found " + value));
    };
  }
}
