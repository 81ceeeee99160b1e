package dev.vantage.tsdb.series;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Named, typed values that a series carries, ordered by name. Immutable. */
public final class Attributes {
  /** The maximum length of a string value, in chars. */
  public static final int MAX_TEXT = 65_536;

  private static final int MAX_NAME = 250;
  private static final Attributes NONE = new Attributes(new TreeMap<>());

  private final SortedMap<String, AttributeValue> values;

  private Attributes(SortedMap<String, AttributeValue> values) {
    this.values = Collections.unmodifiableSortedMap(values);
  }

  /** {@return no attributes} */
  public static Attributes none() {
    return NONE;
  }

  /**
   * Collects values by name.
   *
   * @param values the values; copied
   * @return the attributes
   * @throws InvalidAttributeException if a name is blank, longer than 250 chars or has control
   *     characters
   */
  public static Attributes of(Map<String, AttributeValue> values) {
    Objects.requireNonNull(values, "values");
    values.keySet().forEach(Attributes::checkName);
    return values.isEmpty() ? NONE : new Attributes(new TreeMap<>(values));
  }

  /**
   * Adds or replaces one value.
   *
   * @param name the attribute's name
   * @param value its value
   * @return a copy with that value
   * @throws InvalidAttributeException if the name is malformed
   */
  public Attributes with(String name, AttributeValue value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    SortedMap<String, AttributeValue> copy = new TreeMap<>(values);
    copy.put(checkName(name), value);
    return new Attributes(copy);
  }

  /**
   * Adds or replaces a string value.
   *
   * @param name the attribute's name
   * @param value its value
   * @return a copy with that value
   */
  public Attributes with(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    return with(name, new AttributeValue.TextValue(value));
  }

  /**
   * Adds or replaces a floating-point value.
   *
   * @param name the attribute's name
   * @param value its value, finite
   * @return a copy with that value
   */
  public Attributes with(String name, double value) {
    Objects.requireNonNull(name, "name");
    return with(name, new AttributeValue.DoubleValue(value));
  }

  /**
   * Adds or replaces an integer value.
   *
   * @param name the attribute's name
   * @param value its value
   * @return a copy with that value
   */
  public Attributes with(String name, long value) {
    Objects.requireNonNull(name, "name");
    return with(name, new AttributeValue.LongValue(value));
  }

  /**
   * Adds or replaces a boolean value.
   *
   * @param name the attribute's name
   * @param value its value
   * @return a copy with that value
   */
  public Attributes with(String name, boolean value) {
    Objects.requireNonNull(name, "name");
    return with(name, new AttributeValue.BooleanValue(value));
  }

  /** {@return the values by name, ordered by name; unmodifiable} */
  public SortedMap<String, AttributeValue> asMap() {
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attributes that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }

  static String checkName(String name) {
    if (name.isBlank() || name.length() > MAX_NAME) {
      throw new InvalidAttributeException(
          "attribute name must have 1 to "
              + MAX_NAME
              + " chars, not all blank: chars="
              + name.length());
    }
    name.chars()
        .filter(Character::isISOControl)
        .findFirst()
        .ifPresent(
            c -> {
              throw new InvalidAttributeException(
                  String.format(
                      "attribute name must not have control characters: found=U+%04X", c));
            });
    UnicodeText.check("attribute name", name);
    return name;
  }
}
