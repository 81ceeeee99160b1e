package dev.vantage.tsdb.search;

/**
 * How far a search still looks for neighbors: it shrinks with every one that is found. For the
 * thread that searches.
 */
record SearchReach(LowerBounds bounds, Measurement measurement) {
  /** The greatest bound on the square of a distance that could still be an answer. */
  float squared() {
    return Math.nextUp((float) bounds.squaredReach(measurement.limit()));
  }

  /** Whether there is an end to it, yet. */
  boolean isLimited() {
    return measurement.limit() < Double.POSITIVE_INFINITY;
  }
}
