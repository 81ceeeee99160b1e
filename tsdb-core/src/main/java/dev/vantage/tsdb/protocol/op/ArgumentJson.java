package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.language.Value;
import dev.vantage.tsdb.series.TimeSeries;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of arguments of programs: numbers, texts, booleans and null as they are, a list as an
 * array, a series as {@code {"ts":[times, values],"period":P}}, a record as any other object.
 * Thread-safe.
 */
final class ArgumentJson {
  private static final Set<String> OF_SERIES = Set.of(JsonTree.SERIES, "period");

  private ArgumentJson() {}

  /** Reads the value of an argument. */
  static Value read(String name, JsonValue json) {
    if (json instanceof JsonValue.Text text) {
      return new Value.Text(unicode(name, text.value()));
    } else if (json instanceof JsonValue.Truth truth) {
      return truth.value() ? Value.Bool.TRUE : Value.Bool.FALSE;
    } else if (json instanceof JsonValue.Null) {
      return Value.Nil.NIL;
    } else if (json instanceof JsonValue.Whole whole) {
      return new Value.LongNumber(
          whole
              .asLong()
              .orElseThrow(
                  () ->
                      new InvalidRequestException(
                          argument(name)
                              + " must fit 64 bits: value="
                              + Quote.start(whole.digits()))));
    } else if (json instanceof JsonValue.Fraction fraction) {
      OptionalDouble finite = Fields.finite(argument(name), fraction);
      return new Value.DoubleNumber(finite.getAsDouble());
    } else if (json instanceof JsonValue.Elements list) {
      return list(name, list);
    } else if (json instanceof JsonValue.Members object) {
      return object(name, object.byName());
    } else if (json instanceof JsonValue.Overfull found) {
      throw Fields.overfull(argument(name), found, found.isObject() ? "members" : "elements");
    }
    throw new InvalidRequestException(
        argument(name) + " must not be nested deeper: found=" + json.kind());
  }

  private static String argument(String name) {
    return "argument " + Quote.start(name);
  }

  private static String unicode(String name, String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new InvalidRequestException(
          argument(name) + " must be valid Unicode: found=an unpaired surrogate");
    }
    return text;
  }

  private static Value list(String name, JsonValue.Elements list) {
    List<Value> items = new ArrayList<>();
    list.inOrder().forEach(item -> items.add(read(name, item)));
    return Value.ListValue.of(items);
  }

  private static Value object(String name, Map<String, JsonValue> members) {
    if (members.get(JsonTree.SERIES) instanceof JsonValue.Series series) {
      for (String member : members.keySet()) {
        if (!OF_SERIES.contains(member)) {
          throw new InvalidRequestException(
              argument(name)
                  + " with ts must be a series of ts and period: member="
                  + Quote.start(member));
        }
      }
      return new Value.SeriesValue("", series(name, series, members.get("period")));
    }
    Map<String, Value> fields = new LinkedHashMap<>();
    members.forEach((field, value) -> fields.put(unicode(name, field), read(name, value)));
    return Value.RecordValue.of(fields);
  }

  private static TimeSeries series(
      String name, JsonValue.Series series, @Nullable JsonValue period) {
    TimeSeries points = series.points().toSeries();
    OptionalDouble finite = Fields.finite("period of " + argument(name), Fields.unlessNull(period));
    return finite.isPresent() ? points.foldedBy(finite.getAsDouble()) : points;
  }

  /** Writes an argument. */
  static JsonNode of(String name, Value value) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (value instanceof Value.LongNumber number) {
      return json.numberNode(number.value());
    } else if (value instanceof Value.DoubleNumber number) {
      return json.numberNode(number.value());
    } else if (value instanceof Value.Text text) {
      return json.textNode(text.value());
    } else if (value instanceof Value.Bool truth) {
      return json.booleanNode(truth.isTrue());
    } else if (value instanceof Value.Nil) {
      return json.nullNode();
    } else if (value instanceof Value.ListValue list) {
      ArrayNode items = json.arrayNode();
      list.items().forEach(item -> items.add(of(name, item)));
      return items;
    } else if (value instanceof Value.RecordValue record) {
      ObjectNode fields = json.objectNode();
      record.fields().forEach((field, item) -> fields.set(field, of(name, item)));
      return fields;
    } else if (value instanceof Value.SeriesValue series) {
      return series(series.series());
    }
    throw new InvalidRequestException(
        "argument must be a number, text, boolean, nil, list, record or series: name="
            + name
            + ", type="
            + value.type());
  }

  private static ObjectNode series(TimeSeries series) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    SeriesFields.put(node, series);
    return node;
  }
}
