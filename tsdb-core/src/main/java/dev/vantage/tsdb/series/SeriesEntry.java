package dev.vantage.tsdb.series;

import java.util.Objects;

/**
 * A series as a database keeps it: its id, its points as they were given, its attributes.
 *
 * @param id the id, checked by {@link SeriesIds}
 * @param series the points
 * @param attributes what else is known of it
 */
public record SeriesEntry(String id, TimeSeries series, Attributes attributes) {
  public SeriesEntry {
    SeriesIds.check(id);
    Objects.requireNonNull(series, "series");
    Objects.requireNonNull(attributes, "attributes");
  }

  /**
   * A series without attributes.
   *
   * @param id the id
   * @param series the points
   */
  public SeriesEntry(String id, TimeSeries series) {
    this(id, series, Attributes.none());
  }
}
