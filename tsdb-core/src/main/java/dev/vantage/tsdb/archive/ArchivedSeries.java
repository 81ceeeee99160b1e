package dev.vantage.tsdb.archive;

import dev.vantage.tsdb.series.SeriesEntry;
import java.time.Instant;
import java.util.Optional;

/**
 * One series of an export. Immutable.
 *
 * @param entry its id, points and attributes
 * @param insertedAt when it was inserted or last replaced, to the microsecond; empty if not
 *     recorded
 */
public record ArchivedSeries(SeriesEntry entry, Optional<Instant> insertedAt) {}
