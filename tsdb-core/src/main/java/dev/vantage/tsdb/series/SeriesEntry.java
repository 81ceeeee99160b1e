package dev.vantage.tsdb.series;

import java.util.Objects;

/**
 * A series as a database stores it: its id, its points as given, and its attributes. Immutable.
 *
 * @param id the id, checked by {@link SeriesIds}
 * @param series the points
 * @param attributes the attributes
 */
public record SeriesEntry(String id, TimeSeries series, Attributes attributes) {
  public SeriesEntry {
    Objects.requireNonNull(id, "id");
    SeriesIds.check(id);
    Objects.requireNonNull(series, "series");
    Objects.requireNonNull(attributes, "attributes");
  }

  /**
   * Creates an entry without attributes.
   *
   * @param id the id
   * @param series the points
   */
  public SeriesEntry(String id, TimeSeries series) {
    this(id, series, Attributes.none());
  }
}
