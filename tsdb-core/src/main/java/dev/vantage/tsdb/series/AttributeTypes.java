package dev.vantage.tsdb.series;

import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The attributes of a database's series, with the type of each: declared attributes and built-in
 * attributes. An attribute is declared by name or by its first value. Immutable.
 */
public final class AttributeTypes {
  /** Built-in: the id of a series, of type text. */
  public static final String ID = "id";

  /** Built-in: the arithmetic mean of a series' values as given. */
  public static final String MEAN = "mean";

  /** Built-in: the standard deviation of a series' values as given, with divisor n. */
  public static final String STD = "std";

  /** Built-in: the number of points as given. */
  public static final String LENGTH = "length";

  /** Built-in: the time a series was inserted or last replaced; null if it was not recorded. */
  public static final String INSERTED_AT = "inserted_at";

  private static final SortedMap<String, Type> BUILT_IN =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(
              Map.of(
                  ID, Type.TEXT,
                  MEAN, Type.DOUBLE,
                  STD, Type.DOUBLE,
                  LENGTH, Type.LONG,
                  INSERTED_AT, Type.TIMESTAMP)));

  private static final AttributeTypes NONE_DECLARED = new AttributeTypes(new TreeMap<>());

  private final SortedMap<String, Type> declared;

  private AttributeTypes(SortedMap<String, Type> declared) {
    this.declared = Collections.unmodifiableSortedMap(declared);
  }

  /** {@return the types if no attribute is declared} */
  public static AttributeTypes noneDeclared() {
    return NONE_DECLARED;
  }

  /**
   * Returns the types of the declared attributes and of the built-in ones.
   *
   * @param declared the type of each, by name; copied
   * @return the types
   * @throws InvalidAttributeException if a name is malformed or built in
   */
  public static AttributeTypes of(Map<String, Type> declared) {
    Objects.requireNonNull(declared, "declared");
    return NONE_DECLARED.withAll(declared);
  }

  /**
   * Says whether an attribute is built in: every series has it, and it cannot be declared or set.
   *
   * @param name its name
   * @return whether it is built in
   */
  public static boolean isBuiltIn(String name) {
    Objects.requireNonNull(name, "name");
    return BUILT_IN.containsKey(name);
  }

  /**
   * Declares an attribute.
   *
   * @param name its name
   * @param type its type
   * @return a copy with that attribute, or this if it is declared already
   * @throws InvalidAttributeException if the name is malformed, built in, or has another type
   */
  public AttributeTypes with(String name, Type type) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    return withAll(Map.of(name, type));
  }

  /**
   * Declares several attributes. Cost: linear in the number of all attributes.
   *
   * @param more the type of each, by name
   * @return a copy with those attributes, or this if all are declared already
   * @throws InvalidAttributeException if a name is malformed, built in, or has another type
   */
  public AttributeTypes withAll(Map<String, Type> more) {
    Objects.requireNonNull(more, "more");
    more.forEach(this::check);
    if (declared.keySet().containsAll(more.keySet())) {
      return this;
    }
    SortedMap<String, Type> copy = new TreeMap<>(declared);
    copy.putAll(more);
    return new AttributeTypes(copy);
  }

  /**
   * Checks that an attribute may be declared.
   *
   * @param name its name
   * @param type its type
   * @throws InvalidAttributeException if the name is malformed, built in, or has another type
   */
  public void check(String name, Type type) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Attributes.checkName(name);
    if (isBuiltIn(name)) {
      throw new InvalidAttributeException("attribute must not be built in: name='" + name + "'");
    }
    Type known = declared.get(name);
    if (known != null && known != type) {
      throw new InvalidAttributeException(
          "attribute must keep its type: name='"
              + name
              + "', type="
              + known.label()
              + ", wanted="
              + type.label());
    }
  }

  /**
   * Finds the type of an attribute, declared or built in.
   *
   * @param name its name
   * @return its type, or empty if there is no such attribute
   */
  public Optional<Type> type(String name) {
    Objects.requireNonNull(name, "name");
    return Optional.ofNullable(BUILT_IN.getOrDefault(name, declared.get(name)));
  }

  /**
   * Finds the attribute that a mistyped name most likely means, declared or built in.
   *
   * @param name the name, which no attribute has
   * @return the most similar name, or empty if none is similar
   */
  public Optional<String> nearest(String name) {
    Objects.requireNonNull(name, "name");
    return NearestName.of(name, all().keySet());
  }

  /** {@return the types of the declared attributes by name, in order; unmodifiable} */
  public SortedMap<String, Type> declared() {
    return declared;
  }

  /** {@return the types of all attributes by name, in order, built-in attributes included} */
  public SortedMap<String, Type> all() {
    SortedMap<String, Type> all = new TreeMap<>(declared);
    all.putAll(BUILT_IN);
    return Collections.unmodifiableSortedMap(all);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AttributeTypes that && declared.equals(that.declared);
  }

  @Override
  public int hashCode() {
    return declared.hashCode();
  }

  @Override
  public String toString() {
    return declared.toString();
  }
}
