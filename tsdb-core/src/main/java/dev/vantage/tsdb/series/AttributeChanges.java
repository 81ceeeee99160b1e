package dev.vantage.tsdb.series;

import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Changes of the attributes of a series: values to set, and names to remove. Attributes that they
 * do not name stay. Immutable.
 *
 * @param set the values to add or to replace
 * @param removed the names of the attributes to remove, ordered by name; unmodifiable; a series may
 *     lack them
 */
public record AttributeChanges(Attributes set, SortedSet<String> removed) {
  private static final AttributeChanges NONE = setting(Attributes.none());

  /**
   * Collects changes.
   *
   * @param set the values to add or to replace
   * @param removed the names of the attributes to remove; copied
   * @throws InvalidAttributeException if a name is malformed or built in, or is both set and
   *     removed
   */
  public AttributeChanges {
    Objects.requireNonNull(set, "set");
    Objects.requireNonNull(removed, "removed");
    removed = Collections.unmodifiableSortedSet(new TreeSet<>(removed));
    removed.forEach(AttributeChanges::checkRemovable);
    for (String name : removed) {
      if (set.asMap().containsKey(name)) {
        throw new InvalidAttributeException(
            "attribute must be either set or removed: name='" + name + "'");
      }
    }
  }

  private static void checkRemovable(String name) {
    Attributes.checkName(name);
    if (AttributeTypes.isBuiltIn(name)) {
      throw new InvalidAttributeException("attribute must not be built in: name='" + name + "'");
    }
  }

  /** {@return no changes} */
  public static AttributeChanges none() {
    return NONE;
  }

  /**
   * Sets values.
   *
   * @param values the values to add or to replace
   * @return the changes
   */
  public static AttributeChanges setting(Attributes values) {
    Objects.requireNonNull(values, "values");
    return new AttributeChanges(values, new TreeSet<>());
  }

  /**
   * Removes attributes.
   *
   * @param names their names
   * @return the changes
   * @throws InvalidAttributeException if a name is malformed or built in
   */
  public static AttributeChanges removing(Set<String> names) {
    Objects.requireNonNull(names, "names");
    return new AttributeChanges(Attributes.none(), new TreeSet<>(names));
  }

  /**
   * Adds names to remove.
   *
   * @param names their names
   * @return a copy that also removes these attributes
   * @throws InvalidAttributeException if a name is malformed or built in, or is set
   */
  public AttributeChanges without(Set<String> names) {
    Objects.requireNonNull(names, "names");
    SortedSet<String> all = new TreeSet<>(removed);
    all.addAll(names);
    return new AttributeChanges(set, all);
  }

  /**
   * Applies the changes.
   *
   * @param attributes the attributes of a series
   * @return the attributes of the series after the changes
   */
  public Attributes applyTo(Attributes attributes) {
    Objects.requireNonNull(attributes, "attributes");
    SortedMap<String, AttributeValue> values = new TreeMap<>(attributes.asMap());
    values.keySet().removeAll(removed);
    values.putAll(set.asMap());
    return Attributes.of(values);
  }
}
