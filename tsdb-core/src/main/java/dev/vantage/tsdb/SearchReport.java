package dev.vantage.tsdb;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The plan and the cost of a search, and how far its answer is complete. Every candidate was
 * measured exactly, pruned by one bound, or left unexamined because a budget was spent, so {@code
 * candidates = exactDistances + totalPruned() + unexamined}. Immutable.
 */
public final class SearchReport {
  /** The name of the triangle inequality over all vantage points. */
  public static final String TRIANGLE = "triangle";

  /** The name of the n-simplex bound. */
  public static final String SIMPLEX = "simplex";

  private final Plan plan;
  private final @Nullable Estimate estimate;
  private final int vantagePoints;
  private final long vantagePointDistances;
  private final long candidates;
  private final long visited;
  private final Map<String, Long> pruned;
  private final long exactDistances;
  private final long unexamined;
  private final double completeWithin;

  private SearchReport(Builder builder, double completeWithin) {
    plan = builder.plan;
    estimate = builder.estimate;
    vantagePoints = builder.vantagePoints;
    vantagePointDistances = builder.vantagePointDistances;
    candidates = builder.candidates;
    visited = builder.visited;
    pruned = Collections.unmodifiableMap(new LinkedHashMap<>(builder.pruned));
    exactDistances = builder.exactDistances;
    unexamined = builder.unexamined;
    this.completeWithin = completeWithin;
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

  /** Counts the work of a search, and makes its report. Not thread-safe. */
  public static final class Builder {
    private final Map<String, Long> pruned = new LinkedHashMap<>();
    private Plan plan = Plan.TABLE_SCAN;
    private @Nullable Estimate estimate;
    private int vantagePoints;
    private long vantagePointDistances;
    private long candidates;
    private long visited;
    private long exactDistances;
    private long unexamined;

    /** Starts with a table scan, and with all counts 0. */
    public Builder() {}

    /**
     * Sets how candidates are found.
     *
     * @param plan the plan
     * @return this builder
     */
    public Builder plan(Plan plan) {
      this.plan = Objects.requireNonNull(plan, "plan");
      return this;
    }

    /**
     * Sets the costs that the planner compared.
     *
     * @param estimate the costs
     * @return this builder
     */
    public Builder estimate(Estimate estimate) {
      this.estimate = Objects.requireNonNull(estimate, "estimate");
      return this;
    }

    /**
     * Sets the work for vantage points.
     *
     * @param count the number of vantage points
     * @param distances distances computed from the query to vantage points
     * @return this builder
     */
    public Builder vantagePoints(int count, long distances) {
      vantagePoints = count;
      vantagePointDistances = distances;
      return this;
    }

    /**
     * Sets the number of candidates.
     *
     * @param count series that can be neighbors
     * @return this builder
     */
    public Builder candidates(long count) {
      candidates = count;
      return this;
    }

    /**
     * Adds candidates whose own bounds were checked.
     *
     * @param more how many
     * @return this builder
     */
    public Builder visited(long more) {
      visited += more;
      return this;
    }

    /**
     * Adds candidates that a bound pruned. Bounds are reported in the order of their first call.
     *
     * @param bound the name of the bound
     * @param more how many
     * @return this builder
     */
    public Builder pruned(String bound, long more) {
      pruned.merge(Objects.requireNonNull(bound, "bound"), more, Long::sum);
      return this;
    }

    /**
     * Sets the number of exact distances.
     *
     * @param count candidates whose exact distance was computed
     * @return this builder
     */
    public Builder exactDistances(long count) {
      exactDistances = count;
      return this;
    }

    /**
     * Sets the number of candidates that were left.
     *
     * @param count candidates neither measured nor pruned
     * @return this builder
     */
    public Builder unexamined(long count) {
      unexamined = count;
      return this;
    }

    /** {@return the report of a search whose answer is exact} */
    public SearchReport exact() {
      return completeWithin(Double.POSITIVE_INFINITY);
    }

    /**
     * Makes the report.
     *
     * @param distance the distance below which no neighbor is missing from the answer; positive
     *     infinity if the answer is exact
     * @return the report
     */
    public SearchReport completeWithin(double distance) {
      return new SearchReport(this, distance);
    }

    @Override
    public String toString() {
      return completeWithin(0).toString();
    }
  }

  /** {@return how candidates were found} */
  public Plan plan() {
    return plan;
  }

  /**
   * {@return the costs that the planner compared; empty if the index was too small to ask the
   * planner}
   */
  public Optional<Estimate> estimate() {
    return Optional.ofNullable(estimate);
  }

  /** {@return the number of vantage points} */
  public int vantagePoints() {
    return vantagePoints;
  }

  /** {@return distances computed from the query to vantage points; 0 for a stored series} */
  public long vantagePointDistances() {
    return vantagePointDistances;
  }

  /** {@return series that could have been neighbors: all series, or all that meet the condition} */
  public long candidates() {
    return candidates;
  }

  /** {@return candidates whose own bounds were checked; the others were outside the annulus} */
  public long visited() {
    return visited;
  }

  /**
   * {@return candidates that each bound was the first to prune, by name of the bound, in the order
   * of application: {@link #TRIANGLE}, {@link #SIMPLEX}, then the bounds of the metric;
   * unmodifiable}
   */
  public Map<String, Long> pruned() {
    return pruned;
  }

  /** {@return candidates whose exact distance was computed} */
  public long exactDistances() {
    return exactDistances;
  }

  /**
   * {@return candidates neither measured nor pruned when the budget was spent; 0 if the answer is
   * exact}
   */
  public long unexamined() {
    return unexamined;
  }

  /**
   * {@return the distance below which no neighbor is missing from the answer; positive infinity if
   * the answer is exact}
   */
  public double completeWithin() {
    return completeWithin;
  }

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
    Objects.requireNonNull(bound, "bound");
    return pruned.getOrDefault(bound, 0L);
  }

  /** {@return the candidates pruned by any bound} */
  public long totalPruned() {
    return pruned.values().stream().mapToLong(Long::longValue).sum();
  }

  private List<Object> parts() {
    return List.of(
        plan,
        estimate(),
        vantagePoints,
        vantagePointDistances,
        candidates,
        visited,
        pruned,
        exactDistances,
        unexamined,
        completeWithin);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SearchReport report && parts().equals(report.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  @Override
  public String toString() {
    return "SearchReport[plan="
        + plan
        + (estimate == null ? "" : ", estimate=" + estimate)
        + ", vantagePoints="
        + vantagePoints
        + ", vantagePointDistances="
        + vantagePointDistances
        + ", candidates="
        + candidates
        + ", visited="
        + visited
        + ", pruned="
        + pruned
        + ", exactDistances="
        + exactDistances
        + ", unexamined="
        + unexamined
        + ", completeWithin="
        + completeWithin
        + "]";
  }
}
