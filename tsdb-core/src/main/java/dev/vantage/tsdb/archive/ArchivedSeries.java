package dev.vantage.tsdb.archive;

import dev.vantage.tsdb.series.SeriesEntry;
import java.time.Instant;
import java.util.Optional;

/**
 * All that a file has of one series.
 *
 * @param entry its id, points and attributes
 * @param insertedAt when it was inserted or last replaced, to the microsecond; empty where that was
 *     not recorded
 */
public record ArchivedSeries(SeriesEntry entry, Optional<Instant> insertedAt) {}
