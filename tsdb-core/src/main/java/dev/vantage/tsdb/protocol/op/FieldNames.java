package dev.vantage.tsdb.protocol.op;

import java.util.HashSet;
import java.util.Set;

/**
 * The names of the fields to keep while a request is read. Immutable.
 *
 * @param scalars fields whose value is kept if it is a scalar, but not an array or object
 * @param objects fields whose value is kept with its members if it is an object
 * @param lists fields whose value is kept with its elements if it is an array
 * @param objectLists fields whose value is kept with its elements if it is an array, and with the
 *     members of elements that are objects
 * @param series fields whose value is read as a series
 * @param trees fields whose value is kept with all that is in it, also in several levels
 */
record FieldNames(
    Set<String> scalars,
    Set<String> objects,
    Set<String> lists,
    Set<String> objectLists,
    Set<String> series,
    Set<String> trees) {
  /** No fields. */
  static final FieldNames NONE =
      new FieldNames(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

  FieldNames {
    scalars = Set.copyOf(scalars);
    objects = Set.copyOf(objects);
    lists = Set.copyOf(lists);
    objectLists = Set.copyOf(objectLists);
    series = Set.copyOf(series);
    trees = Set.copyOf(trees);
  }

  static FieldNames scalars(String... names) {
    return new FieldNames(Set.of(names), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
  }

  static FieldNames objects(String... names) {
    return new FieldNames(Set.of(), Set.of(names), Set.of(), Set.of(), Set.of(), Set.of());
  }

  static FieldNames lists(String... names) {
    return new FieldNames(Set.of(), Set.of(), Set.of(names), Set.of(), Set.of(), Set.of());
  }

  static FieldNames objectLists(String... names) {
    return new FieldNames(Set.of(), Set.of(), Set.of(), Set.of(names), Set.of(), Set.of());
  }

  static FieldNames series(String name) {
    return new FieldNames(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(name), Set.of());
  }

  static FieldNames trees(String name) {
    return new FieldNames(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(name));
  }

  FieldNames and(FieldNames others) {
    return new FieldNames(
        union(scalars, others.scalars),
        union(objects, others.objects),
        union(lists, others.lists),
        union(objectLists, others.objectLists),
        union(series, others.series),
        union(trees, others.trees));
  }

  /** Returns whether a field has one of these names. */
  boolean contains(String name) {
    return scalars.contains(name)
        || objects.contains(name)
        || lists.contains(name)
        || objectLists.contains(name)
        || series.contains(name)
        || trees.contains(name);
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }
}
