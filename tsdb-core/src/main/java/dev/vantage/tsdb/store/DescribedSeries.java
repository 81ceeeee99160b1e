package dev.vantage.tsdb.store;

import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Attributes;
import java.util.Map;

/**
 * What is known of a series besides its points.
 *
 * @param key its storage key
 * @param summary what it has by itself
 * @param attributes what it was given
 */
public record DescribedSeries(long key, PointSummary summary, Attributes attributes) {

  /** {@return all that it has by name, but for its id} */
  public Map<String, AttributeValue> values() {
    return summary.with(attributes);
  }
}
