package dev.vantage.tsdb.store;

import dev.vantage.tsdb.series.SeriesEntry;

/**
 * A series with the data that the index needs.
 *
 * @param key its storage key
 * @param entry the series; without its attributes if it is read to fill an index
 * @param distances its distances to the vantage points, in their order; not to be changed
 */
public record IndexedSeries(long key, SeriesEntry entry, double[] distances) {}
