package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.format.AttributeText;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.InvalidAttributeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the values of attributes from arguments. */
final class TypedAttributes {
  /** How values are read, for the help of options. */
  static final String RULE =
      "of its declared type, else of the first that fits: boolean, long, double, timestamp (a date"
          + " and time with an offset) or text.";

  private TypedAttributes() {}

  /**
   * Splits arguments.
   *
   * @param arguments arguments of the form {@code NAME=VALUE}
   * @param verb the verb that they belong to
   */
  static Map<String, String> split(List<String> arguments, Verb verb) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String argument : arguments) {
      int end = argument.indexOf('=');
      if (end < 1) {
        throw verb.badUsage("attribute must be NAME=VALUE: '" + argument + "'");
      }
      String name = argument.substring(0, end);
      if (texts.put(name, argument.substring(end + 1)) != null) {
        throw verb.badUsage("attribute must be given once: name='" + name + "'");
      }
    }
    return texts;
  }

  /** Returns a line for each new attribute that may be a known one, mistyped. */
  static List<String> declared(Map<String, AttributeValue> values, AttributeTypes before) {
    return values.entrySet().stream()
        .filter(one -> before.type(one.getKey()).isEmpty())
        .flatMap(
            one ->
                before
                    .nearest(one.getKey())
                    .map(
                        near ->
                            "declared attribute "
                                + one.getKey()
                                + " of type "
                                + one.getValue().type().label()
                                + "; nearest="
                                + near)
                    .stream())
        .toList();
  }

  /**
   * Reads values in their declared types, or else in the narrowest type that fits.
   *
   * @param texts the values by name
   * @param types the declared types
   */
  static SortedMap<String, AttributeValue> read(Map<String, String> texts, AttributeTypes types) {
    SortedMap<String, AttributeValue> typed = new TreeMap<>();
    texts.forEach((name, text) -> typed.put(name, value(name, text, types.type(name))));
    return typed;
  }

  private static AttributeValue value(String name, String text, Optional<Type> declared) {
    if (declared.isEmpty()) {
      return AttributeText.readNarrowest(text);
    }
    return AttributeText.read(text, declared.get())
        .orElseThrow(
            () ->
                new InvalidAttributeException(
                    "attribute must be of its type: name='"
                        + name
                        + "', type="
                        + declared.get().label()
                        + ", text='"
                        + text
                        + "'"
                        + hint(declared.get())));
  }

  private static String hint(Type type) {
    return switch (type) {
      case BOOLEAN -> "; hint: true or false";
      case LONG -> "; hint: a whole number of 64 bits";
      case DOUBLE -> "; hint: a number such as -1.5 or 2e-3";
      case TIMESTAMP -> "; hint: a date and time with an offset, such as 2024-05-01T20:15:00Z";
      case TEXT -> "";
    };
  }
}
