package dev.vantage.tsdb.store;

import dev.vantage.tsdb.series.AttributeValue;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * New attributes of a series whose points and distances stay. Immutable.
 *
 * @param series the series with its attributes after the change, and with its old summary
 * @param set the values that the change adds or replaces, by name
 * @param removed the names of the attributes that the change removes
 */
public record AttributeDelta(
    DescribedSeries series, SortedMap<String, AttributeValue> set, SortedSet<String> removed) {

  /** Copies the map and the set. */
  public AttributeDelta {
    set = Collections.unmodifiableSortedMap(new TreeMap<>(set));
    removed = Collections.unmodifiableSortedSet(new TreeSet<>(removed));
  }

  /**
   * Computes the change that leads from one description of a series to another.
   *
   * @param before the series as it is stored
   * @param after the same series with other attributes
   * @return the change
   */
  public static AttributeDelta between(DescribedSeries before, DescribedSeries after) {
    Map<String, AttributeValue> old = before.attributes().asMap();
    SortedMap<String, AttributeValue> set = new TreeMap<>(after.attributes().asMap());
    set.entrySet().removeIf(one -> one.getValue().equals(old.get(one.getKey())));
    SortedSet<String> removed = new TreeSet<>(old.keySet());
    removed.removeAll(after.attributes().asMap().keySet());
    return new AttributeDelta(after, set, removed);
  }

  /** {@return the storage key of the series} */
  public long key() {
    return series.key();
  }

  /** {@return whether the change has no effect} */
  public boolean isEmpty() {
    return set.isEmpty() && removed.isEmpty();
  }
}
