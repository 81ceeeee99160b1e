package dev.vantage.tsdb.search;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a search did. Each candidate was measured, or pruned by one bound, or left unexamined, so
 * {@code candidates = exactDistances + totalPruned() + unexamined}. Immutable.
 *
 * @param plan where candidates came from
 * @param estimate what the planner expected, or empty where it was not asked
 * @param vantagePoints how many vantage points there were
 * @param vantagePointDistances distances computed between the query and vantage points
 * @param candidates series that could have been found
 * @param visited candidates whose own bounds were looked at
 * @param pruned candidates first ruled out by each bound, by its name, in the order in which bounds
 *     are applied; unmodifiable
 * @param exactDistances candidates whose exact distance was computed
 * @param unexamined candidates left when the budget was spent
 */
public record SearchCounts(
    Plan plan,
    Optional<Estimate> estimate,
    int vantagePoints,
    long vantagePointDistances,
    long candidates,
    long visited,
    Map<String, Long> pruned,
    long exactDistances,
    long unexamined) {

  /** The name of the triangle inequality over all vantage points. */
  public static final String TRIANGLE = "triangle";

  /** The name of the n-simplex bound. */
  public static final String SIMPLEX = "simplex";

  public SearchCounts {
    pruned = Collections.unmodifiableMap(new LinkedHashMap<>(pruned));
  }

  /** Where candidates came from. */
  public enum Plan {
    /** From the packed table of all series, or the blocks of it within reach. */
    TABLE_SCAN,
    /** From the smallest annulus around a vantage point. */
    ANNULUS_WALK,
    /** From the series that pass the filter, one by one. */
    FILTER_WALK
  }

  /**
   * What the planner expected, costs in rows of a table scan.
   *
   * @param annulusSeries series in the smallest annulus, or more than were worth counting
   * @param walkCost the cost of walking it
   * @param scanCost the cost of scanning the table
   */
  public record Estimate(long annulusSeries, double walkCost, double scanCost) {}

  /**
   * Looks up a bound.
   *
   * @param bound its name
   * @return the candidates that it ruled out first
   */
  public long prunedBy(String bound) {
    return pruned.getOrDefault(bound, 0L);
  }

  /** {@return the candidates ruled out by any bound} */
  public long totalPruned() {
    return pruned.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Counts by and by. For one thread; parts of other threads are added when they are done. */
  static final class Builder {
    private final Map<String, Long> pruned = new LinkedHashMap<>();
    private Plan plan = Plan.TABLE_SCAN;
    private Optional<Estimate> estimate = Optional.empty();
    private int vantagePoints;
    private long vantagePointDistances;
    private long candidates;
    private long visited;
    private long exactDistances;
    private long unexamined;

    /** The plan is to scan the table, unless this is called. */
    Builder plan(Plan newPlan) {
      plan = newPlan;
      return this;
    }

    Builder estimate(Estimate newEstimate) {
      estimate = Optional.of(newEstimate);
      return this;
    }

    Builder vantagePoints(int count, long distances) {
      vantagePoints = count;
      vantagePointDistances = distances;
      return this;
    }

    Builder candidates(long count) {
      candidates = count;
      return this;
    }

    /** Adds to the candidates whose bounds were looked at. */
    Builder visited(long more) {
      visited += more;
      return this;
    }

    /** Adds to what a bound has ruled out; bounds are reported in the order of their first call. */
    Builder pruned(String bound, long more) {
      pruned.merge(bound, more, Long::sum);
      return this;
    }

    Builder exactDistances(long count) {
      exactDistances = count;
      return this;
    }

    Builder unexamined(long count) {
      unexamined = count;
      return this;
    }

    SearchCounts build() {
      return new SearchCounts(
          plan,
          estimate,
          vantagePoints,
          vantagePointDistances,
          candidates,
          visited,
          pruned,
          exactDistances,
          unexamined);
    }
  }
}
