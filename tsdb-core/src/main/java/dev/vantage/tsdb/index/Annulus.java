package dev.vantage.tsdb.index;

/**
 * The series between two distances from a vantage point.
 *
 * @param series how many
 * @param ordinals their ordinals, or none if there are more than were asked for
 */
public record Annulus(int series, int[] ordinals) {}
