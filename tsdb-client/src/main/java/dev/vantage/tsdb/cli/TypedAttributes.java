package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.format.AttributeText;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.InvalidAttributeException;
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
                        + "'"));
  }
}
