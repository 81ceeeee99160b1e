package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vantage.tsdb.language.ProgramException;
import dev.vantage.tsdb.language.Table;
import dev.vantage.tsdb.language.Value;
import dev.vantage.tsdb.protocol.Payload;
import dev.vantage.tsdb.rows.TableColumn;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The JSON of values of the query language: an object with {@code type}, and with {@code value} or
 * the fields of a table, a series or a plot. Within lists and records texts, numbers, booleans,
 * timestamps, nil, lists and records are plain JSON. Thread-safe.
 */
public final class ValueJson {
  private ValueJson() {}

  /**
   * Creates a payload with a value.
   *
   * @param value the value
   * @return the payload
   * @throws ProgramException if the value is a function or holds one
   */
  public static Payload payload(Value value) {
    checkHasForm(value);
    return out -> whole(value, out);
  }

  private static void checkHasForm(Value value) {
    if (value instanceof Value.FunctionValue function) {
      throw ProgramException.of(
          "value/answer",
          1,
          1,
          "answer must have a form in JSON, which functions have not: function=" + function.name());
    } else if (value instanceof Value.ListValue list) {
      list.items().forEach(ValueJson::checkHasForm);
    } else if (value instanceof Value.RecordValue record) {
      record.fields().values().forEach(ValueJson::checkHasForm);
    }
  }

  private static void whole(Value value, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("type", value.type());
    if (value instanceof Table table) {
      table(table, out);
    } else if (value instanceof Value.SeriesValue series) {
      series(series, out);
    } else if (value instanceof Value.PlotValue plot) {
      PlotJson.write(plot.plot(), out);
    } else {
      out.writeFieldName("value");
      plain(value, out);
    }
    out.writeEndObject();
  }

  /** Writes a value as a part of another one. */
  private static void part(Value value, JsonGenerator out) throws IOException {
    boolean hasFields =
        value instanceof Table
            || value instanceof Value.SeriesValue
            || value instanceof Value.PlotValue;
    if (hasFields) {
      whole(value, out);
    } else {
      plain(value, out);
    }
  }

  private static void plain(Value value, JsonGenerator out) throws IOException {
    if (value instanceof Value.LongNumber number) {
      out.writeNumber(number.value());
    } else if (value instanceof Value.DoubleNumber number) {
      out.writeNumber(number.value());
    } else if (value instanceof Value.Bool truth) {
      out.writeBoolean(truth.isTrue());
    } else if (value instanceof Value.Nil) {
      out.writeNull();
    } else if (value instanceof Value.ListValue list) {
      out.writeStartArray();
      for (Value item : list.items()) {
        part(item, out);
      }
      out.writeEndArray();
    } else if (value instanceof Value.RecordValue record) {
      out.writeStartObject();
      for (Map.Entry<String, Value> field : record.fields().entrySet()) {
        out.writeFieldName(field.getKey());
        part(field.getValue(), out);
      }
      out.writeEndObject();
    } else {
      out.writeString(word(value));
    }
  }

  private static String word(Value value) {
    if (value instanceof Value.Text text) {
      return text.value();
    } else if (value instanceof Value.Moment moment) {
      return moment.value().toString();
    } else if (value instanceof Value.Keyword keyword) {
      return keyword.name();
    } else if (value instanceof Value.Symbol symbol) {
      return symbol.name();
    }
    throw new IllegalArgumentException("value must have a form in JSON: type=" + value.type());
  }

  private static void table(Table table, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("columns");
    for (TableColumn column : table.columns()) {
      out.writeStartObject();
      out.writeStringField("name", column.name());
      out.writeStringField("type", column.type().label());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("rows");
    for (List<Value> row : table.rows()) {
      out.writeStartArray();
      for (Value value : row) {
        plain(value, out);
      }
      out.writeEndArray();
    }
    out.writeEndArray();
    if (!table.notes().isEmpty()) {
      out.writeArrayFieldStart("notes");
      for (String note : table.notes()) {
        out.writeString(note);
      }
      out.writeEndArray();
    }
  }

  private static void series(Value.SeriesValue value, JsonGenerator out) throws IOException {
    TimeSeries series = value.series();
    if (!value.id().isEmpty()) {
      out.writeStringField("id", value.id());
    }
    out.writeArrayFieldStart("ts");
    numbers(series.times(), out);
    numbers(series.values(), out);
    out.writeEndArray();
    if (series.period().isPresent()) {
      out.writeNumberField("period", series.period().getAsDouble());
    }
  }

  private static void numbers(double[] numbers, JsonGenerator out) throws IOException {
    out.writeArray(numbers, 0, numbers.length);
  }
}
