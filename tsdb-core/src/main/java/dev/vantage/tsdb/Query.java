package dev.vantage.tsdb;

import dev.vantage.tsdb.condition.Condition;
import java.util.Objects;
import java.util.Optional;

/**
 * What is asked of a similarity search: the {@code k} nearest, all within a radius, or at most
 * {@code k} within a radius; of all series, or of those that meet a condition. Immutable.
 *
 * @param k the most neighbors wanted, at least 1; {@link #UNLIMITED} for all within the radius
 * @param radius the largest distance wanted, at least 0; positive infinity for no limit
 * @param includeSelf whether a search by id may answer that id itself
 * @param budget what the search may spend before it stops with the best found so far
 * @param where what a series must meet to be a neighbor, or empty for nothing
 */
public record Query(
    int k, double radius, boolean includeSelf, Budget budget, Optional<Condition> where) {
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
    Objects.requireNonNull(where, "where");
  }

  /**
   * A query of all series.
   *
   * @param k the most neighbors wanted, at least 1; {@link #UNLIMITED} for all within the radius
   * @param radius the largest distance wanted, at least 0; positive infinity for no limit
   * @param includeSelf whether a search by id may answer that id itself
   * @param budget what the search may spend before it stops with the best found so far
   */
  public Query(int k, double radius, boolean includeSelf, Budget budget) {
    this(k, radius, includeSelf, budget, Optional.empty());
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
    return new Query(newK, radius, includeSelf, budget, where);
  }

  /**
   * Lets a search by id answer that id itself.
   *
   * @return a copy that does
   */
  public Query includingSelf() {
    return new Query(k, radius, true, budget, where);
  }

  /**
   * Lets the search stop before its answer is exact.
   *
   * @param newBudget what it may spend
   * @return a copy with that budget
   */
  public Query withBudget(Budget newBudget) {
    return new Query(k, radius, includeSelf, newBudget, where);
  }

  /**
   * Asks for series that meet a condition alone. The search is within them: as many neighbors are
   * found as if there were no others.
   *
   * @param condition what a series must meet to be a neighbor; it takes the place of one given
   *     before
   * @return a copy with that condition
   */
  public Query where(Condition condition) {
    return new Query(k, radius, includeSelf, budget, Optional.of(condition));
  }

  /**
   * Asks for series that meet a condition alone, as {@link #where(Condition)} does.
   *
   * @param condition what a series must meet to be a neighbor, as {@link Condition#parse} reads it
   * @return a copy with that condition
   */
  public Query where(String condition) {
    return where(Condition.parse(condition));
  }
}
