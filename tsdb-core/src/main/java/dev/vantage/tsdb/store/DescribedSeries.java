package dev.vantage.tsdb.store;

import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import java.util.Map;

/**
 * The summary and the attributes of a series. Immutable.
 *
 * @param key its storage key
 * @param summary its built-in attributes
 * @param attributes its given attributes
 */
public record DescribedSeries(long key, PointSummary summary, Attributes attributes) {

  /** {@return all attributes by name, except the id} */
  public Map<String, AttributeValue> values() {
    return summary.with(attributes);
  }
}
