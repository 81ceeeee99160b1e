package dev.vantage.tsdb;

/**
 * What a search cost. Every candidate was either measured exactly or pruned by one bound, so {@code
 * candidates = exactDistances + prunedByTriangle + prunedBySimplex + prunedByLowPass}.
 *
 * @param candidates series that could have been answers
 * @param exactDistances candidates whose exact distance was computed
 * @param prunedByTriangle candidates that the triangle inequality alone rules out
 * @param prunedBySimplex further candidates that the n-simplex bound rules out
 * @param prunedByLowPass further candidates that a bound from low frequencies rules out
 * @param vantagePointDistances distances from the query to vantage points; 0 for a stored series
 * @param plan how candidates were found
 * @param vantagePoints how many vantage points there are
 */
public record SearchReport(
    long candidates,
    long exactDistances,
    long prunedByTriangle,
    long prunedBySimplex,
    long prunedByLowPass,
    long vantagePointDistances,
    Plan plan,
    int vantagePoints) {

  /** The ways to find candidates. */
  public enum Plan {
    /** The bounds of every series were looked at in the packed table. */
    TABLE_SCAN,
    /** One tree gave the series in the smallest annulus around its vantage point. */
    ANNULUS_WALK
  }
}
