package dev.vantage.tsdb;

import java.util.Objects;

/**
 * What is asked of a similarity search: the {@code k} nearest, all within a radius, or at most
 * {@code k} within a radius. Immutable.
 *
 * @param k the most neighbors wanted, at least 1; {@link #UNLIMITED} for all within the radius
 * @param radius the largest distance wanted, at least 0; positive infinity for no limit
 * @param includeSelf whether a search by id may answer that id itself
 * @param budget what the search may spend before it stops with the best found so far
 */
public record Query(int k, double radius, boolean includeSelf, Budget budget) {
  /** The {@code k} of a query that is limited by its radius alone. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /** The {@code k} of a query that does not say. */
  public static final int DEFAULT_K = 5;

  public Query {
    if (k < 1) {
      throw new InvalidRequestException("k must be >= 1: k=" + k);
    }
    if (!(radius >= 0)) {
      throw new InvalidRequestException("radius must be >= 0: radius=" + radius);
    }
    Objects.requireNonNull(budget, "budget");
  }

  /**
   * Asks for the nearest series.
   *
   * @param k how many, at least 1
   * @return the query
   */
  public static Query nearest(int k) {
    return new Query(k, Double.POSITIVE_INFINITY, false, Budget.UNLIMITED);
  }

  /**
   * Asks for all series within a radius.
   *
   * @param radius the largest distance, at least 0
   * @return the query
   */
  public static Query within(double radius) {
    return new Query(UNLIMITED, radius, false, Budget.UNLIMITED);
  }

  /**
   * Limits the number of neighbors.
   *
   * @param newK the most neighbors wanted, at least 1
   * @return a copy with that limit
   */
  public Query limitedTo(int newK) {
    return new Query(newK, radius, includeSelf, budget);
  }

  /**
   * Lets a search by id answer that id itself.
   *
   * @return a copy that does
   */
  public Query includingSelf() {
    return new Query(k, radius, true, budget);
  }

  /**
   * Lets the search stop before its answer is exact.
   *
   * @param newBudget what it may spend
   * @return a copy with that budget
   */
  public Query withBudget(Budget newBudget) {
    return new Query(k, radius, includeSelf, newBudget);
  }
}
