package dev.vantage.tsdb.search;

import dev.vantage.tsdb.series.AttributeValue;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The attributes of all series by ordinal, a column for each that any series has. Written by one
 * thread at a time; what is published is read without locks.
 */
final class AttributeTable {
  /** Replaced where an attribute is new. */
  private volatile Map<String, AttributeColumn> columns = Map.of();

  /**
   * Gives an ordinal its attributes, and none else: an update that failed may have left some there.
   *
   * @param values the values by name, each of the type that all others of that name have
   */
  void set(int ordinal, Map<String, AttributeValue> values) {
    columns.values().forEach(column -> column.clear(ordinal));
    values.forEach((name, value) -> column(name, value.type()).set(ordinal, value));
  }

  private AttributeColumn column(String name, AttributeValue.Type type) {
    AttributeColumn known = columns.get(name);
    if (known != null) {
      return known;
    }
    Map<String, AttributeColumn> more = new TreeMap<>(columns);
    AttributeColumn column = AttributeColumn.of(type);
    more.put(name, column);
    columns = more;
    return column;
  }

  /** The column of an attribute, or empty if no series has it. */
  Optional<AttributeColumn> column(String name) {
    return Optional.ofNullable(columns.get(name));
  }

  /** A table with the same attributes under new ordinals. */
  AttributeTable packed(int[] order) {
    AttributeTable packed = new AttributeTable();
    Map<String, AttributeColumn> all = new TreeMap<>();
    columns.forEach((name, column) -> all.put(name, column.packed(order)));
    packed.columns = all;
    return packed;
  }

  long bytes() {
    return columns.values().stream().mapToLong(AttributeColumn::bytes).sum();
  }
}
