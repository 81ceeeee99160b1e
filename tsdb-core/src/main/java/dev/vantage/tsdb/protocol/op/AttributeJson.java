package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.BooleanValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.InvalidAttributeException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reads and writes attributes as JSON. Thread-safe. The JSON of a value shows its type: a number
 * with a fraction or an exponent is a double, any other number is a long. Only a timestamp is
 * ambiguous: it is written as a string, and a second object gives its type.
 */
final class AttributeJson {
  private AttributeJson() {}

  /**
   * Writes attributes.
   *
   * @param node receives a member {@code attributes} and, if the JSON of some values does not show
   *     their types, a member {@code types} with those types
   */
  static void put(ObjectNode node, Attributes attributes) {
    ObjectNode values = node.putObject("attributes");
    ObjectNode types = JsonNodeFactory.instance.objectNode();
    attributes
        .asMap()
        .forEach(
            (name, value) -> {
              put(values, name, value);
              if (value.type() == Type.TIMESTAMP) {
                types.put(name, value.type().label());
              }
            });
    if (!types.isEmpty()) {
      node.set("types", types);
    }
  }

  /** Writes attributes as members of the object that is being written, as {@link #put} does. */
  static void write(Attributes attributes, JsonGenerator out) throws IOException {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    put(node, attributes);
    for (Map.Entry<String, JsonNode> one : node.properties()) {
      out.writeFieldName(one.getKey());
      out.writeTree(one.getValue());
    }
  }

  /** Writes changes of attributes: as attributes, with null for each name to remove. */
  static void put(ObjectNode node, AttributeChanges changes) {
    put(node, changes.set());
    ObjectNode values = node.withObjectProperty("attributes");
    changes.removed().forEach(values::putNull);
  }

  private static void put(ObjectNode node, String name, AttributeValue value) {
    if (value instanceof LongValue number) {
      node.put(name, number.value());
    } else if (value instanceof DoubleValue number) {
      node.put(name, number.value());
    } else if (value instanceof BooleanValue truth) {
      node.put(name, truth.value());
    } else {
      node.put(name, value.toString());
    }
  }

  /**
   * Reads the field {@code attributes}; no attributes if it is absent. The field {@code types}
   * overrides the types that the JSON shows.
   */
  static Attributes read(Fields fields) {
    return read(fields, fields.members("attributes"));
  }

  /** Reads the field {@code attributes}, which must be present, as {@link #put} writes changes. */
  static AttributeChanges readChanges(Fields fields) {
    if (fields.present("attributes") == null) {
      throw new InvalidRequestException("attributes must be given: attributes=none");
    }
    Map<String, JsonValue> values = new HashMap<>();
    SortedSet<String> removed = new TreeSet<>();
    fields
        .members("attributes")
        .forEach(
            (name, member) -> {
              if (member instanceof JsonValue.Null) {
                removed.add(name);
              } else {
                values.put(name, member);
              }
            });
    return new AttributeChanges(read(fields, values), removed);
  }

  private static Attributes read(Fields fields, Map<String, JsonValue> values) {
    Map<String, AttributeValue> byName = new HashMap<>();
    values.forEach((name, member) -> byName.put(name, attribute(member)));
    fields
        .members("types")
        .forEach(
            (name, member) -> {
              Type type = type("type in types", member);
              byName.computeIfPresent(name, (n, value) -> as(n, type, value));
            });
    return Attributes.of(byName);
  }

  static Type type(String name, JsonValue value) {
    if (value instanceof JsonValue.Text label) {
      return type(label.value());
    }
    throw Fields.mustBe(name, "a string", value);
  }

  private static AttributeValue attribute(JsonValue value) {
    if (value instanceof JsonValue.Text text) {
      return new TextValue(text.value());
    }
    if (value instanceof JsonValue.Truth truth) {
      return new BooleanValue(truth.value());
    }
    if (value instanceof JsonValue.Fraction fraction) {
      return new DoubleValue(fraction.value());
    }
    if (value instanceof JsonValue.Whole whole) {
      OptionalLong number = whole.asLong();
      return new LongValue(
          number.orElseThrow(
              () ->
                  new InvalidRequestException(
                      "integer attribute must be from -2^63 to 2^63 - 1: digits="
                          + whole.digits().length())));
    }
    throw Fields.mustBe("attribute value", "a string, number or boolean", value);
  }

  /** Reads the members {@code attributes} and {@code types} of a payload. */
  static Attributes read(JsonNode payload) {
    Map<String, AttributeValue> values = new HashMap<>();
    payload
        .required("attributes")
        .properties()
        .forEach(member -> values.put(member.getKey(), attribute(member.getValue())));
    payload
        .path("types")
        .properties()
        .forEach(
            member -> {
              AttributeValue.Type type = type(PayloadReader.text(member.getValue()));
              values.computeIfPresent(member.getKey(), (name, value) -> as(name, type, value));
            });
    return Attributes.of(values);
  }

  private static AttributeValue attribute(JsonNode value) {
    if (value.isTextual()) {
      return new TextValue(value.textValue());
    }
    if (value.isBoolean()) {
      return new BooleanValue(value.booleanValue());
    }
    return value.isIntegralNumber()
        ? new LongValue(PayloadReader.whole(value))
        : new DoubleValue(PayloadReader.number(value));
  }

  /** Returns the type of a label that was sent. */
  static Type type(String label) {
    return Type.ofLabel(label)
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    "type must be double, long, text, boolean or timestamp: type="
                        + Quote.start(label)));
  }

  /**
   * Converts a value to the type that was sent with it.
   *
   * @throws InvalidAttributeException if the value cannot have that type
   */
  static AttributeValue as(String name, Type type, AttributeValue value) {
    if (value.type() == type) {
      return value;
    }
    if (type == Type.TIMESTAMP && value instanceof TextValue text) {
      return timestamp(name, text.value());
    }
    if (type == Type.DOUBLE && value instanceof LongValue number) {
      return new DoubleValue(number.value());
    }
    throw new InvalidAttributeException(
        "attribute must have the type given in types: name='"
            + Quote.start(name)
            + "', type="
            + type.label()
            + ", found="
            + value.type().label());
  }

  private static TimestampValue timestamp(String name, String text) {
    return TimestampValue.ofText(text)
        .orElseThrow(
            () ->
                new InvalidAttributeException(
                    "attribute timestamp must be a date, a time and an offset in ISO 8601: name='"
                        + Quote.start(name)
                        + "', chars="
                        + text.length()));
  }
}
