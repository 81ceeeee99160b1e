package dev.vantage.tsdb;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a search did, what that cost, and how far its answer is complete. Every candidate was
 * measured exactly, or pruned by one bound, or left because a budget was spent, so {@code
 * candidates = exactDistances + totalPruned() + unexamined}. Immutable.
 *
 * @param plan how candidates were found
 * @param estimate what the planner chose the plan by, or empty where the index was too small to ask
 * @param vantagePoints how many vantage points there are
 * @param vantagePointDistances distances from the query to vantage points; 0 for a stored series
 * @param candidates series that could have been answers: those that meet the condition, if any
 * @param visited candidates whose own bounds were looked at; the others were outside the annulus
 * @param pruned candidates first ruled out by each bound, by its name, in the order in which bounds
 *     are applied: {@link #TRIANGLE}, {@link #SIMPLEX}, then those of the metric; unmodifiable
 * @param exactDistances candidates whose exact distance was computed
 * @param unexamined candidates left when the budget was spent; 0 if the answer is exact
 * @param completeWithin every series nearer than this that the query asks for is among the answers;
 *     positive infinity if the answer is exact
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
    /** The bounds of every series were looked at in the packed table. */
    TABLE_SCAN,
    /** One tree gave the series in the smallest annulus around its vantage point. */
    ANNULUS_WALK,
    /** The series that satisfy the condition were met one by one. */
    CONDITION_WALK
  }

  /**
   * What the planner expected. Both costs are in its own unit, about the time that it takes to look
   * at one row of the table, and only worth comparing with each other.
   *
   * @param annulusSeries series in the smallest annulus, or more than the planner cared to count
   * @param walkCost the cost of walking that annulus
   * @param scanCost the cost of scanning the table
   */
  public record Estimate(long annulusSeries, double walkCost, double scanCost) {}

  /** {@return whether the answer is that of a linear scan; always, for a query without a budget} */
  public boolean exact() {
    return completeWithin == Double.POSITIVE_INFINITY;
  }

  /**
   * Looks up a bound.
   *
   * @param bound the name of a bound
   * @return the candidates that it ruled out, 0 for a bound that was not applied
   */
  public long prunedBy(String bound) {
    return pruned.getOrDefault(bound, 0L);
  }

  /** {@return the candidates ruled out by any bound} */
  public long totalPruned() {
    return pruned.values().stream().mapToLong(Long::longValue).sum();
  }
}
