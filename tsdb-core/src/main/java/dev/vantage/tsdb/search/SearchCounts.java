package dev.vantage.tsdb.search;

/**
 * What a search did. Each candidate was measured or pruned by one bound.
 *
 * @param candidates series that could have been found
 * @param exactDistances candidates whose exact distance was computed
 * @param prunedByTriangle candidates first ruled out by the triangle inequality
 * @param prunedBySimplex candidates first ruled out by the n-simplex bound
 * @param prunedByLowPass candidates first ruled out by the metric's own bounds, from low
 *     frequencies
 * @param vantagePointDistances distances computed between the query and vantage points
 * @param walkedAnnulus whether candidates came from one tree rather than from the whole table
 * @param vantagePoints how many vantage points there were
 */
public record SearchCounts(
    long candidates,
    long exactDistances,
    long prunedByTriangle,
    long prunedBySimplex,
    long prunedByLowPass,
    long vantagePointDistances,
    boolean walkedAnnulus,
    int vantagePoints) {}
