package dev.vantage.tsdb.format;

import dev.vantage.tsdb.series.SeriesEntry;
import java.time.Instant;
import java.util.Optional;

/**
 * A series that was read. Immutable.
 *
 * @param entry the series
 * @param group its group, or the empty string
 * @param origin the date at time 0, or empty if times are numbers or absent
 */
record MadeSeries(SeriesEntry entry, String group, Optional<Instant> origin) {
  static MadeSeries of(SeriesEntry entry) {
    return new MadeSeries(entry, "", Optional.empty());
  }
}
