package dev.vantage.tsdb.store;

/**
 * The distances of a stored series to the vantage points.
 *
 * @param key its storage key
 * @param distances its distances to the vantage points, in their order; not to be changed
 */
public record DistanceRow(long key, double[] distances) {}
