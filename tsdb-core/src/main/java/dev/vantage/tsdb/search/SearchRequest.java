package dev.vantage.tsdb.search;

import dev.vantage.tsdb.Budget;
import dev.vantage.tsdb.condition.Filter;
import java.util.Objects;
import java.util.Optional;

/**
 * The parameters of a search. Immutable.
 *
 * @param k the maximum number of neighbors, at least 1
 * @param radius the maximum distance, at least 0, possibly infinite
 * @param includeSelf whether a search by id may return that id
 * @param where the filter that series must pass, or empty for all series
 * @param budget the budget after which the search stops with the neighbors found so far
 * @param checkpoint run regularly by the searching thread; an exception of it ends the search
 */
public record SearchRequest(
    int k,
    double radius,
    boolean includeSelf,
    Optional<Filter> where,
    Budget budget,
    Runnable checkpoint) {
  public SearchRequest {
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(budget, "budget");
    Objects.requireNonNull(checkpoint, "checkpoint");
  }

  /**
   * Creates a request over all series, with an unlimited budget.
   *
   * @param k the maximum number of neighbors, at least 1
   * @param radius the maximum distance, at least 0, possibly infinite
   * @param includeSelf whether a search by id may return that id
   * @param checkpoint run regularly by the searching thread; an exception of it ends the search
   */
  public SearchRequest(int k, double radius, boolean includeSelf, Runnable checkpoint) {
    this(k, radius, includeSelf, Optional.empty(), Budget.UNLIMITED, checkpoint);
  }
}
