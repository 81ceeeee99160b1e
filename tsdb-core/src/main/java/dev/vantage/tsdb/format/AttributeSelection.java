package dev.vantage.tsdb.format;

import dev.vantage.tsdb.series.AttributeTypes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which columns of a table are attributes of series, and of which series. Immutable.
 *
 * @param key the name of the column that says which series a row is about, or empty for the first
 * @param chosen the columns that become attributes, by the names of these, in order; if there are
 *     none, all columns but the key that have names
 */
public record AttributeSelection(Optional<String> key, Map<String, String> chosen) {
  private static final AttributeSelection ALL = new AttributeSelection(Optional.empty(), Map.of());

  public AttributeSelection {
    chosen = Collections.unmodifiableMap(new LinkedHashMap<>(chosen));
  }

  /** {@return the first column as key, and all others as attributes} */
  public static AttributeSelection all() {
    return ALL;
  }

  /**
   * Names the key.
   *
   * @param column the name of the column that says which series a row is about
   * @return a copy with that key
   */
  public AttributeSelection withKey(String column) {
    return new AttributeSelection(Optional.of(column), chosen);
  }

  /**
   * Chooses columns.
   *
   * @param columns the columns that become attributes, by the names of these, in order
   * @return a copy with those columns alone
   */
  public AttributeSelection choosing(Map<String, String> columns) {
    return new AttributeSelection(key, columns);
  }

  /** The attribute that a column becomes where nobody says: its name is not one built in. */
  static String attributeOf(String column) {
    return AttributeTypes.isBuiltIn(column) ? column + "_" : column;
  }
}
