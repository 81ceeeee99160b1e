package dev.vantage.tsdb.index.column;

import dev.vantage.tsdb.series.AttributeValue;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The attributes of all series by ordinal, with a column for each attribute. Written by one thread
 * at a time; published values are read without locks.
 */
public final class AttributeTable {
  /** Replaced when an attribute is added. */
  private volatile Map<String, AttributeValues> columns = Map.of();

  /** No ordinal from this one on has ever had a value. */
  private int end;

  /**
   * Sets the attributes of an ordinal, and clears all its others: a failed update may have left
   * values.
   *
   * @param values the values by name, each of the type that all others of that name have
   */
  public void set(int ordinal, Map<String, AttributeValue> values) {
    if (ordinal < end) {
      columns.values().forEach(column -> column.clear(ordinal));
    }
    fill(ordinal, values);
  }

  /** Sets the attributes of an ordinal that has never had a value. */
  public void fill(int ordinal, Map<String, AttributeValue> values) {
    end = Math.max(end, ordinal + 1);
    addColumns(values);
    values.forEach(
        (name, value) -> Objects.requireNonNull(columns.get(name), name).set(ordinal, value));
  }

  /** Adds the columns that are missing, in one copy. */
  private void addColumns(Map<String, AttributeValue> values) {
    if (columns.keySet().containsAll(values.keySet())) {
      return;
    }
    Map<String, AttributeValues> more = new TreeMap<>(columns);
    values.forEach(
        (name, value) -> more.computeIfAbsent(name, absent -> AttributeValues.of(value.type())));
    columns = more;
  }

  /** Returns the column of an attribute, or empty if no series has it. */
  public Optional<AttributeValues> column(String name) {
    return Optional.ofNullable(columns.get(name));
  }

  /** Returns a table with the same attributes under new ordinals. */
  public AttributeTable packed(int[] order) {
    AttributeTable packed = new AttributeTable();
    packed.end = order.length;
    int[] newOrdinals = new int[end];
    Arrays.fill(newOrdinals, -1);
    for (int ordinal = 0; ordinal < order.length; ordinal++) {
      if (order[ordinal] < end) {
        newOrdinals[order[ordinal]] = ordinal;
      }
    }
    Map<String, AttributeValues> all = new TreeMap<>();
    columns.forEach((name, column) -> all.put(name, column.packed(newOrdinals)));
    packed.columns = all;
    return packed;
  }

  public long bytes() {
    return columns.values().stream().mapToLong(AttributeValues::bytes).sum();
  }
}
