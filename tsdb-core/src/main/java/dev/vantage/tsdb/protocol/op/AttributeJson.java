package dev.vantage.tsdb.protocol.op;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.series.AttributeValue.BooleanValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.InvalidAttributeException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Attributes as JSON. Of all types but one, the JSON of a value says which it is: a number with a
 * fraction or an exponent is a double, another one a long. A timestamp is written as a string; so
 * that it is not taken for a text, a second object says what it is.
 */
final class AttributeJson {
  private AttributeJson() {}

  /**
   * Writes attributes.
   *
   * @param node gets a member {@code attributes}, and where the types of some cannot be seen there,
   *     a member {@code types} with theirs
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
   * The field {@code attributes}, none if it is absent; of the types that the field {@code types}
   * says, if it says one.
   */
  static Attributes read(Fields fields) {
    Map<String, AttributeValue> byName = new HashMap<>();
    fields.members("attributes").forEach((name, member) -> byName.put(name, attribute(member)));
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

  /** The type of a label that was sent. */
  static Type type(String label) {
    return Type.ofLabel(label)
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    "type must be double, long, text, boolean or timestamp: type="
                        + Quote.start(label)));
  }

  /**
   * Reads a value again, as the type that was sent beside it.
   *
   * @throws InvalidAttributeException if it cannot be of that type
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
        "attribute must have the type that is said beside it: name='"
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
