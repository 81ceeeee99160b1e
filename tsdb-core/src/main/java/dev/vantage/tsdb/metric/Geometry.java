package dev.vantage.tsdb.metric;

/**
 * The laws that the distances of a metric obey. Each constant includes the promises of the
 * constants before it. An index uses the lower bounds that follow from them.
 */
public enum Geometry {
  /** Symmetric, 0 between equal rows; the triangle inequality may fail. */
  DISSIMILARITY,

  /** The triangle inequality holds. */
  METRIC_SPACE,

  /** Distances are those between points of a Hilbert space. */
  HILBERT_SPACE,

  /**
   * Distances are those between points of a Hilbert space that lie on one sphere around its origin,
   * with the radius of {@link Metric#squaredRadius}.
   */
  SPHERE;

  /** {@return whether the triangle inequality holds} */
  public boolean hasTriangleInequality() {
    return compareTo(METRIC_SPACE) >= 0;
  }

  /** {@return whether distances are those between points of a Hilbert space} */
  public boolean isHilbertian() {
    return compareTo(HILBERT_SPACE) >= 0;
  }
}
