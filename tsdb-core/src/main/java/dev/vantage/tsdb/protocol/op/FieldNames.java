package dev.vantage.tsdb.protocol.op;

import java.util.HashSet;
import java.util.Set;

/**
 * The names of the fields to keep while a request is read. Immutable.
 *
 * @param scalars fields whose value is kept if it is a scalar, but not an array or object
 * @param objects fields whose value is kept with its members if it is an object
 * @param lists fields whose value is kept with its elements if it is an array
 */
record FieldNames(Set<String> scalars, Set<String> objects, Set<String> lists) {
  /** No fields. */
  static final FieldNames NONE = new FieldNames(Set.of(), Set.of(), Set.of());

  FieldNames {
    scalars = Set.copyOf(scalars);
    objects = Set.copyOf(objects);
    lists = Set.copyOf(lists);
  }

  static FieldNames scalars(String... names) {
    return new FieldNames(Set.of(names), Set.of(), Set.of());
  }

  static FieldNames objects(String... names) {
    return new FieldNames(Set.of(), Set.of(names), Set.of());
  }

  static FieldNames lists(String... names) {
    return new FieldNames(Set.of(), Set.of(), Set.of(names));
  }

  FieldNames and(FieldNames others) {
    return new FieldNames(
        union(scalars, others.scalars), union(objects, others.objects), union(lists, others.lists));
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }
}
