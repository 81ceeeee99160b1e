package dev.vantage.tsdb.index.column;

import dev.vantage.tsdb.series.AttributeValue;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The attributes of all series by ordinal, with a column for each attribute. Written by one thread
 * at a time; published values are read without locks. They are never changed: a change is made in a
 * {@linkplain #copy copy} for the next state, which shares everything that stays.
 */
public final class AttributeTable {
  /** Replaced when an attribute is added. */
  private volatile Map<String, AttributeValues> columns;

  /** No ordinal from this one on has ever had a value, in this table and in its copies. */
  private final AtomicInteger end;

  /** The names of the columns of a copy that it does not share. */
  private final Set<String> own = new HashSet<>();

  public AttributeTable() {
    this(Map.of(), new AtomicInteger());
  }

  private AttributeTable(Map<String, AttributeValues> columns, AtomicInteger end) {
    this.columns = columns;
    this.end = end;
  }

  /**
   * Returns a table with the same attributes, in which {@link #replace} may be used until a state
   * with that table is published. Cost: linear in the number of columns.
   */
  public AttributeTable copy() {
    return new AttributeTable(new TreeMap<>(columns), end);
  }

  /**
   * Sets the attributes of an ordinal that no published state shows, and clears all its others: a
   * failed update may have left values.
   *
   * @param values the values by name, each of the type that all others of that name have
   */
  public void set(int ordinal, Map<String, AttributeValue> values) {
    if (ordinal < end.get()) {
      columns.values().forEach(column -> column.clear(ordinal));
    }
    fill(ordinal, values);
  }

  /** Sets the attributes of an ordinal that has never had a value. */
  public void fill(int ordinal, Map<String, AttributeValue> values) {
    end.set(Math.max(end.get(), ordinal + 1));
    addColumns(values);
    values.forEach(
        (name, value) -> Objects.requireNonNull(columns.get(name), name).set(ordinal, value));
  }

  /**
   * Replaces all attributes of any ordinal in this copy; the table that was copied keeps its own.
   * Cost: one page for each value that differs, once.
   *
   * @param values the values by name, each of the type that all others of that name have
   */
  public void replace(int ordinal, Map<String, AttributeValue> values) {
    addColumns(values);
    columns.forEach(
        (name, column) -> {
          Optional<AttributeValue> value = Optional.ofNullable(values.get(name));
          if (!column.value(ordinal).equals(value)) {
            own(name).replace(ordinal, value);
          }
        });
  }

  private AttributeValues own(String name) {
    AttributeValues column = Objects.requireNonNull(columns.get(name), name);
    if (!own.add(name)) {
      return column;
    }
    AttributeValues copy = column.copy();
    columns.put(name, copy);
    return copy;
  }

  /**
   * Drops the strings that no series has any more, in the columns of this copy where most strings
   * are such. Cost, where there is such a column: linear in the number of series.
   *
   * @param series how many series have attributes
   * @param ordinals gives the ordinals of these series
   */
  public void dropUnusedTexts(int series, Supplier<int[]> ordinals) {
    columns.forEach(
        (name, column) -> {
          if (column instanceof TextValues texts && texts.isMostlyUnused(series)) {
            columns.put(name, texts.packed(unchanged(ordinals.get())));
          }
        });
  }

  /** Returns new ordinals that are the old ones, for some ordinals. */
  private static int[] unchanged(int[] kept) {
    int[] newOrdinals = vacant(kept);
    for (int ordinal : kept) {
      newOrdinals[ordinal] = ordinal;
    }
    return newOrdinals;
  }

  private static int[] vacant(int[] oldOrdinals) {
    int[] newOrdinals = new int[Arrays.stream(oldOrdinals).max().orElse(-1) + 1];
    Arrays.fill(newOrdinals, -1);
    return newOrdinals;
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
    int[] newOrdinals = vacant(order);
    for (int ordinal = 0; ordinal < order.length; ordinal++) {
      newOrdinals[order[ordinal]] = ordinal;
    }
    Map<String, AttributeValues> all = new TreeMap<>();
    columns.forEach((name, column) -> all.put(name, column.packed(newOrdinals)));
    return new AttributeTable(all, new AtomicInteger(order.length));
  }

  public long bytes() {
    return columns.values().stream().mapToLong(AttributeValues::bytes).sum();
  }
}
