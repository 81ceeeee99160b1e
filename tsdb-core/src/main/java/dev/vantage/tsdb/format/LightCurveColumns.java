package dev.vantage.tsdb.format;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The columns of a light-curve file to read, and the periods to fold by. Immutable.
 *
 * @param time the name of the time column
 * @param value the name of the value column
 * @param groupBy the name of a column whose values split the file into series, or empty for one
 *     series per file
 * @param periods the period of each file, or empty if the times are phases in [0, 1) already
 * @param attributes columns that have the same value in all rows of a series, by the names of the
 *     attributes that they become, in order
 */
public record LightCurveColumns(
    String time,
    String value,
    Optional<String> groupBy,
    Optional<Periods> periods,
    Map<String, String> attributes) {

  private static final LightCurveColumns DEFAULTS =
      new LightCurveColumns("time", "mag", Optional.empty(), Optional.empty(), Map.of());

  public LightCurveColumns {
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(groupBy, "groupBy");
    Objects.requireNonNull(periods, "periods");
    Objects.requireNonNull(attributes, "attributes");
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /** {@return columns {@code time} and {@code mag}, one series per file, times that are phases} */
  public static LightCurveColumns defaults() {
    return DEFAULTS;
  }

  /**
   * Splits files into series.
   *
   * @param column the name of the column to split by
   * @return a copy that splits
   */
  public LightCurveColumns groupedBy(String column) {
    Objects.requireNonNull(column, "column");
    return new LightCurveColumns(time, value, Optional.of(column), periods, attributes);
  }

  /**
   * Returns the name of the attribute that holds the group of each series: the name of the column,
   * with an underscore if that is the name of a built-in attribute.
   *
   * @return the name, or empty if files are not split
   */
  public Optional<String> groupAttribute() {
    return groupBy.map(AttributeSelection::attributeOf);
  }

  /**
   * Folds files by their periods.
   *
   * @param known the periods
   * @return a copy that folds
   */
  public LightCurveColumns foldedBy(Periods known) {
    Objects.requireNonNull(known, "known");
    return new LightCurveColumns(time, value, groupBy, Optional.of(known), attributes);
  }

  /**
   * Reads attributes from further columns.
   *
   * @param columns the columns, by the names of the attributes that they become, in order
   * @return a copy with those attributes
   */
  public LightCurveColumns withAttributes(Map<String, String> columns) {
    Objects.requireNonNull(columns, "columns");
    return new LightCurveColumns(time, value, groupBy, periods, columns);
  }
}
