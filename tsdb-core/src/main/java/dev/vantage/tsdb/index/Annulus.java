package dev.vantage.tsdb.index;

/**
 * The series between two distances from a vantage point. Immutable.
 *
 * @param series the number of series
 * @param ordinals their ordinals, or empty if there are more than requested
 */
public record Annulus(int series, int[] ordinals) {}
