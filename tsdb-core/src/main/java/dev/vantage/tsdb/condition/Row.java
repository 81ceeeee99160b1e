package dev.vantage.tsdb.condition;

import dev.vantage.tsdb.series.AttributeValue;
import java.util.Optional;

/** The attributes of one series, built-in attributes included. */
@FunctionalInterface
public interface Row {
  /**
   * Finds a value.
   *
   * @param attribute the name of an attribute
   * @return its value, of the type that the filter was bound to, or empty for null
   */
  Optional<AttributeValue> value(String attribute);
}
