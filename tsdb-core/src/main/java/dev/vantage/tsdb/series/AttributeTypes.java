package dev.vantage.tsdb.series;

import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which attributes the series of a database have, and of what type each is: those that were
 * declared, by name or by the first value, and those that every series has by itself. Immutable.
 */
public final class AttributeTypes {
  /** The id of a series, as a text. */
  public static final String ID = "id";

  /** The arithmetic mean of a series' values as they were given. */
  public static final String MEAN = "mean";

  /** The standard deviation of a series' values as they were given, with divisor n. */
  public static final String STD = "std";

  /** The number of points as they were given. */
  public static final String LENGTH = "length";

  /** When a series was inserted or last replaced; null where that was not recorded. */
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

  /** {@return the types where nothing has been declared} */
  public static AttributeTypes noneDeclared() {
    return NONE_DECLARED;
  }

  /**
   * The types where some attributes have been declared.
   *
   * @param declared the type of each, by name; copied
   * @return the types
   * @throws InvalidAttributeException if a name is not one, or is built in
   */
  public static AttributeTypes of(Map<String, Type> declared) {
    return NONE_DECLARED.withAll(declared);
  }

  /**
   * Says whether every series has an attribute by itself, so that nobody can declare or set it.
   *
   * @param name its name
   * @return whether it is built in
   */
  public static boolean isBuiltIn(String name) {
    return BUILT_IN.containsKey(name);
  }

  /**
   * Declares an attribute.
   *
   * @param name its name
   * @param type its type
   * @return a copy with that attribute, or this if it has it
   * @throws InvalidAttributeException if the name is not one, is built in, or is of another type
   */
  public AttributeTypes with(String name, Type type) {
    return withAll(Map.of(name, type));
  }

  /**
   * Declares several attributes. Cost: linear in the number of all attributes, however many of them
   * are new.
   *
   * @param more the type of each, by name
   * @return a copy with those attributes, or this if it has them all
   * @throws InvalidAttributeException if a name is not one, is built in, or is of another type
   */
  public AttributeTypes withAll(Map<String, Type> more) {
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
   * @throws InvalidAttributeException if the name is not one, is built in, or is of another type
   */
  public void check(String name, Type type) {
    Attributes.checkName(name);
    if (isBuiltIn(name)) {
      throw new InvalidAttributeException(
          "attribute must not be one that every series has by itself: name='" + name + "'");
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
    return Optional.ofNullable(BUILT_IN.getOrDefault(name, declared.get(name)));
  }

  /** {@return what was declared, by name in order; unmodifiable} */
  public SortedMap<String, Type> declared() {
    return declared;
  }

  /** {@return all attributes, by name in order, also those that are built in} */
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
