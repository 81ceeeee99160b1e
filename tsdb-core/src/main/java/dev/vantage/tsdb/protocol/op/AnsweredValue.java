package dev.vantage.tsdb.protocol.op;

import static dev.vantage.tsdb.protocol.op.PayloadReader.list;
import static dev.vantage.tsdb.protocol.op.PayloadReader.number;
import static dev.vantage.tsdb.protocol.op.PayloadReader.numbers;
import static dev.vantage.tsdb.protocol.op.PayloadReader.text;
import static dev.vantage.tsdb.protocol.op.PayloadReader.truth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vantage.tsdb.language.Table;
import dev.vantage.tsdb.language.Value;
import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the values that {@link ValueJson} writes. Thread-safe. */
final class AnsweredValue {
  private AnsweredValue() {}

  static Value of(JsonNode payload) {
    return PayloadReader.read(payload, AnsweredValue::whole);
  }

  private static Value whole(JsonNode object) {
    JsonNode value = object.path("value");
    return switch (text(object.required("type"))) {
      case "nil" -> Value.Nil.NIL;
      case "boolean" -> truth(value) ? Value.Bool.TRUE : Value.Bool.FALSE;
      case "long" -> new Value.LongNumber(PayloadReader.whole(value));
      case "double" -> new Value.DoubleNumber(number(value));
      case "text" -> new Value.Text(text(value));
      case "timestamp" ->
          new Value.Moment(
              TimestampValue.ofText(text(value))
                  .orElseThrow(
                      () -> new IllegalArgumentException("must be a timestamp, found " + value))
                  .value());
      case "keyword" -> new Value.Keyword(text(value));
      case "symbol" -> new Value.Symbol(text(value));
      case "list", "record" -> part(value);
      case "table" -> table(object);
      case "series" -> series(object);
      case "plot" -> new Value.PlotValue(PlotJson.read(object));
      default -> throw new IllegalArgumentException("type must be known, found " + object);
    };
  }

  /** Reads a value within a list or record. */
  private static Value part(JsonNode node) {
    if (node.isArray()) {
      List<Value> items = new ArrayList<>();
      list(node).forEach(item -> items.add(part(item)));
      return Value.ListValue.of(items);
    } else if (node.isObject()) {
      return isWhole(node) ? whole(node) : record(node);
    } else if (node.isNull()) {
      return Value.Nil.NIL;
    } else if (node.isBoolean()) {
      return node.booleanValue() ? Value.Bool.TRUE : Value.Bool.FALSE;
    } else if (node.isIntegralNumber()) {
      return new Value.LongNumber(PayloadReader.whole(node));
    }
    return node.isNumber() ? new Value.DoubleNumber(number(node)) : new Value.Text(text(node));
  }

  /** Whether an object is a table, a series or a plot rather than a record. */
  private static boolean isWhole(JsonNode node) {
    return switch (node.path("type").asText()) {
      case "table" -> node.path("columns").isArray() && node.path("rows").isArray();
      case "series" -> node.path("ts").isArray();
      case "plot" -> node.path("lines").isArray();
      default -> false;
    };
  }

  private static Value record(JsonNode node) {
    Map<String, Value> fields = new LinkedHashMap<>();
    node.properties().forEach(field -> fields.put(field.getKey(), part(field.getValue())));
    return Value.RecordValue.of(fields);
  }

  private static Table table(JsonNode object) {
    List<String> notes =
        object.has("notes") ? PayloadReader.texts(object.required("notes")) : List.of();
    return Table.of(TableJson.answer(object), notes);
  }

  private static Value series(JsonNode object) {
    JsonNode lists = list(object.required("ts"));
    TimeSeries points = TimeSeries.of(numbers(lists.required(0)), numbers(lists.required(1)));
    JsonNode period = object.path("period");
    return new Value.SeriesValue(
        object.path("id").asText(""),
        period.isMissingNode() ? points : points.foldedBy(number(period)));
  }
}
