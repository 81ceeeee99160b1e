package dev.vantage.tsdb.format;

import dev.vantage.tsdb.series.AttributeTypes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Selects the key column and the attribute columns of a table. Immutable. */
public final class AttributeSelection {
  private static final AttributeSelection ALL = new AttributeSelection(List.of(), Map.of());

  /** The name of the key column, or nothing for the first one. */
  private final List<String> key;

  private final Map<String, String> chosen;

  private AttributeSelection(List<String> key, Map<String, String> chosen) {
    this.key = key;
    this.chosen = Collections.unmodifiableMap(new LinkedHashMap<>(chosen));
  }

  /** {@return the first column as key, and all others as attributes} */
  public static AttributeSelection all() {
    return ALL;
  }

  /**
   * Sets the key column.
   *
   * @param column the name of the column that identifies the series of a row
   * @return a copy with that key
   */
  public AttributeSelection withKey(String column) {
    Objects.requireNonNull(column, "column");
    return new AttributeSelection(List.of(column), chosen);
  }

  /**
   * Chooses columns.
   *
   * @param columns the columns to read, by the names of the attributes that they become, in order;
   *     if empty, all named columns except the key
   * @return a copy with only those columns
   */
  public AttributeSelection choosing(Map<String, String> columns) {
    Objects.requireNonNull(columns, "columns");
    return new AttributeSelection(key, columns);
  }

  /** {@return the name of the key column, or empty for the first one} */
  public Optional<String> key() {
    return key.stream().findFirst();
  }

  /**
   * {@return the columns to read, by the names of their attributes; if empty, all; unmodifiable}
   */
  public Map<String, String> chosen() {
    return chosen;
  }

  /** {@return the key and the columns} */
  @Override
  public String toString() {
    return "AttributeSelection[key=" + key().orElse("first") + ", chosen=" + chosen + "]";
  }

  /** Returns the default attribute name of a column, which is never a built-in name. */
  static String attributeOf(String column) {
    return AttributeTypes.isBuiltIn(column) ? column + "_" : column;
  }
}
