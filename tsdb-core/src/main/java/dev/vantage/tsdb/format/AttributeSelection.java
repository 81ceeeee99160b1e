package dev.vantage.tsdb.format;

import dev.vantage.tsdb.series.AttributeTypes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Selects the key column and the attribute columns of a table. Immutable.
 *
 * @param key the name of the column that identifies the series of a row, or empty for the first
 * @param chosen the columns to read, by the names of the attributes that they become, in order; if
 *     empty, all named columns except the key
 */
public record AttributeSelection(Optional<String> key, Map<String, String> chosen) {
  private static final AttributeSelection ALL = new AttributeSelection(Optional.empty(), Map.of());

  public AttributeSelection {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(chosen, "chosen");
    chosen = Collections.unmodifiableMap(new LinkedHashMap<>(chosen));
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
    return new AttributeSelection(Optional.of(column), chosen);
  }

  /**
   * Chooses columns.
   *
   * @param columns the columns to read, by the names of the attributes that they become, in order
   * @return a copy with only those columns
   */
  public AttributeSelection choosing(Map<String, String> columns) {
    Objects.requireNonNull(columns, "columns");
    return new AttributeSelection(key, columns);
  }

  /** Returns the default attribute name of a column, which is never a built-in name. */
  static String attributeOf(String column) {
    return AttributeTypes.isBuiltIn(column) ? column + "_" : column;
  }
}
