package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.AttributeLimits;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.InvalidAttributeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Converts attributes to their declared types. The first value of an undeclared attribute declares
 * its type. The latest declarations can be undone. Not thread-safe.
 */
public final class AttributeTyping {
  private static final int SHOWN_CHARS = 60;

  private final AttributeTypes before;
  private final AttributeLimits limits;
  private final SortedMap<String, Type> added = new TreeMap<>();

  /** The newly declared names, in the order of declaration. */
  private final List<String> order = new ArrayList<>();

  /** Starts with the attributes that are declared already. */
  public AttributeTyping(AttributeTypes declared, AttributeLimits limits) {
    before = declared;
    this.limits = limits;
  }

  /**
   * Converts attributes to their types, if that is lossless, and declares new attributes.
   *
   * @throws InvalidAttributeException if an attribute is not of its type or must not be set, or if
   *     there are too many; then no attribute is declared
   */
  public Attributes accept(Attributes attributes) {
    limits.checkSeries(attributes.asMap().size());
    SortedMap<String, AttributeValue> values = new TreeMap<>();
    Map<String, Type> fresh = new TreeMap<>();
    for (Map.Entry<String, AttributeValue> attribute : attributes.asMap().entrySet()) {
      String name = attribute.getKey();
      AttributeValue value = attribute.getValue();
      Optional<Type> declared = type(name);
      values.put(name, converted(name, value, declared.orElse(value.type())));
      if (declared.isEmpty()) {
        before.check(name, value.type());
        fresh.put(name, value.type());
      }
    }
    add(fresh);
    return Attributes.of(values);
  }

  /**
   * Declares an attribute.
   *
   * @return whether it is new
   * @throws InvalidAttributeException if it must not be declared, or is of another type, or if
   *     there are too many
   */
  boolean declare(String name, Type type) {
    before.check(name, type);
    Optional<Type> known = type(name);
    if (known.isEmpty()) {
      add(Map.of(name, type));
      return true;
    }
    AttributeTypes.of(Map.of(name, known.get())).check(name, type);
    return false;
  }

  private Optional<Type> type(String name) {
    Type known = before.declared().get(name);
    return Optional.ofNullable(known == null ? added.get(name) : known);
  }

  private void add(Map<String, Type> fresh) {
    if (!fresh.isEmpty()) {
      limits.checkDatabase(before.declared().size() + added.size() + fresh.size());
      added.putAll(fresh);
      order.addAll(fresh.keySet());
    }
  }

  /** {@return how many attributes are new} */
  int size() {
    return order.size();
  }

  /** Undoes the declarations of new attributes, except the first ones. */
  void shrinkTo(int size) {
    List<String> last = order.subList(size, order.size());
    last.forEach(added::remove);
    last.clear();
  }

  /** {@return all declared attributes, new ones included} */
  public AttributeTypes types() {
    return before.withAll(added);
  }

  /** {@return the newly declared attributes, by name} */
  SortedMap<String, Type> added() {
    return Collections.unmodifiableSortedMap(added);
  }

  private static AttributeValue converted(String name, AttributeValue value, Type type) {
    return value.type() == type
        ? withoutNegativeZero(value)
        : converted(value, type)
            .orElseThrow(
                () ->
                    new InvalidAttributeException(
                        "attribute must be of its type: name='"
                            + name
                            + "', type="
                            + type.label()
                            + ", value='"
                            + shown(value.toString())
                            + "' ("
                            + value.type().label()
                            + ")"));
  }

  /** Replaces negative zero, which not every storage can represent. */
  private static AttributeValue withoutNegativeZero(AttributeValue value) {
    return value instanceof AttributeValue.DoubleValue number
        ? new AttributeValue.DoubleValue(number.value() + 0.0)
        : value;
  }

  /** Returns a string, or the beginning of a long string, for a message. */
  static String shown(String text) {
    return text.codePointCount(0, text.length()) <= SHOWN_CHARS
        ? text
        : text.substring(0, text.offsetByCodePoints(0, SHOWN_CHARS)) + "...";
  }

  /** Converts a value to another type without loss; empty if that is impossible. */
  private static Optional<AttributeValue> converted(AttributeValue value, Type type) {
    if (type == Type.DOUBLE && value instanceof AttributeValue.LongValue number) {
      return toDouble(number.value());
    }
    if (type == Type.LONG && value instanceof AttributeValue.DoubleValue number) {
      return toLong(number.value());
    }
    if (type == Type.TIMESTAMP && value instanceof AttributeValue.TextValue text) {
      return AttributeValue.TimestampValue.ofText(text.value()).map(AttributeValue.class::cast);
    }
    return Optional.empty();
  }

  private static Optional<AttributeValue> toDouble(long number) {
    double rounded = number;
    // 2^63 is not a long, and the cast would saturate at Long.MAX_VALUE.
    return rounded < 0x1p63 && (long) rounded == number
        ? Optional.of(new AttributeValue.DoubleValue(rounded))
        : Optional.empty();
  }

  private static Optional<AttributeValue> toLong(double number) {
    return number >= -0x1p63 && number < 0x1p63 && Math.rint(number) == number
        ? Optional.of(new AttributeValue.LongValue((long) number))
        : Optional.empty();
  }
}
