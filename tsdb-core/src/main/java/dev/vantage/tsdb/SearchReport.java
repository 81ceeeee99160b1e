package dev.vantage.tsdb;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The plan and the cost of a search, and how far its answer is complete. Every candidate was
 * measured exactly, pruned by one bound, or left unexamined because a budget was spent, so {@code
 * candidates = exactDistances + totalPruned() + unexamined}. Immutable.
 *
 * @param plan how candidates were found
 * @param estimate the costs that the planner compared; empty if the index was too small to ask the
 *     planner
 * @param vantagePoints the number of vantage points
 * @param vantagePointDistances distances computed from the query to vantage points; 0 for a stored
 *     series
 * @param candidates series that could have been neighbors: all series, or all that meet the
 *     condition
 * @param visited candidates whose own bounds were checked; the others were outside the annulus
 * @param pruned candidates that each bound was the first to prune, by name of the bound, in the
 *     order of application: {@link #TRIANGLE}, {@link #SIMPLEX}, then the bounds of the metric;
 *     unmodifiable
 * @param exactDistances candidates whose exact distance was computed
 * @param unexamined candidates neither measured nor pruned when the budget was spent; 0 if the
 *     answer is exact
 * @param completeWithin the distance below which no neighbor is missing from the answer; positive
 *     infinity if the answer is exact
 */
public record SearchReport(
    Plan plan,
    Optional<Estimate> estimate,
    int vantagePoints,
    long vantagePointDistances,
    long candidates,
    long visited,
    Map<String, Long> pruned,
    long exactDistances,
    long unexamined,
    double completeWithin) {

  /** The name of the triangle inequality over all vantage points. */
  public static final String TRIANGLE = "triangle";

  /** The name of the n-simplex bound. */
  public static final String SIMPLEX = "simplex";

  public SearchReport {
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(estimate, "estimate");
    pruned = Collections.unmodifiableMap(new LinkedHashMap<>(pruned));
  }

  /** The ways to find candidates. */
  public enum Plan {
    /** Checked the bounds of every series in the packed table. */
    TABLE_SCAN,
    /** Walked the series in the smallest annulus around a vantage point, in that point's tree. */
    ANNULUS_WALK,
    /** Walked the series that meet the condition one by one. */
    CONDITION_WALK
  }

  /**
   * The planner's estimate. Immutable. The unit of both costs is about the time to check one row of
   * the table; compare them only with each other.
   *
   * @param annulusSeries series in the smallest annulus; a lower bound if the planner stopped
   *     counting
   * @param walkCost the cost of walking that annulus
   * @param scanCost the cost of scanning the table
   */
  public record Estimate(long annulusSeries, double walkCost, double scanCost) {}

  /** {@return whether the answer is that of a linear scan; always true without a budget} */
  public boolean exact() {
    return completeWithin == Double.POSITIVE_INFINITY;
  }

  /**
   * Looks up a bound.
   *
   * @param bound the name of a bound
   * @return the candidates that the bound pruned; 0 for a bound that was not applied
   */
  public long prunedBy(String bound) {
    return pruned.getOrDefault(bound, 0L);
  }

  /** {@return the candidates pruned by any bound} */
  public long totalPruned() {
    return pruned.values().stream().mapToLong(Long::longValue).sum();
  }
}
