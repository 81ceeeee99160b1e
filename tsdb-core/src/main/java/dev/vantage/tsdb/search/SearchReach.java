package dev.vantage.tsdb.search;

/**
 * The distance within which a search still looks for neighbors. Not thread-safe: used by the
 * searching thread. It shrinks with every neighbor found.
 */
record SearchReach(LowerBounds bounds, Measurement measurement) {
  /** Returns the greatest bound on the square of a distance that could still be in the answer. */
  float squared() {
    return Math.nextUp((float) bounds.squaredReach(measurement.limit()));
  }

  /** Returns whether the reach is finite yet. */
  boolean isLimited() {
    return measurement.limit() < Double.POSITIVE_INFINITY;
  }
}
