package dev.vantage.tsdb.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.BooleanValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.InvalidAttributeException;

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
