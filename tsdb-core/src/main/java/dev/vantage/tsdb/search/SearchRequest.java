package dev.vantage.tsdb.search;

import dev.vantage.tsdb.Budget;
import dev.vantage.tsdb.condition.Filter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The parameters of a search. Immutable.
 *
 * @param k the maximum number of neighbors, at least 1
 * @param radius the maximum distance, at least 0, possibly infinite
 * @param includeSelf whether a search by id may return that id
 * @param where the filter that series must pass, or empty for all series
 * @param selected the names of the attributes to answer for each neighbor; empty for none
 * @param aligned whether to answer the samples that match, if the distance matches samples
 * @param budget the budget after which the search stops with the neighbors found so far
 * @param checkpoint run regularly by the searching thread; an exception of it ends the search
 */
public record SearchRequest(
    int k,
    double radius,
    boolean includeSelf,
    Optional<Filter> where,
    List<String> selected,
    boolean aligned,
    Budget budget,
    Runnable checkpoint) {
  public SearchRequest {
    Objects.requireNonNull(where, "where");
    selected = List.copyOf(selected);
    Objects.requireNonNull(budget, "budget");
    Objects.requireNonNull(checkpoint, "checkpoint");
  }

  /**
   * Creates a request that selects no attributes.
   *
   * @param k the maximum number of neighbors, at least 1
   * @param radius the maximum distance, at least 0, possibly infinite
   * @param includeSelf whether a search by id may return that id
   * @param where the filter that series must pass, or empty for all series
   * @param budget the budget after which the search stops with the neighbors found so far
   * @param checkpoint run regularly by the searching thread; an exception of it ends the search
   */
  public SearchRequest(
      int k,
      double radius,
      boolean includeSelf,
      Optional<Filter> where,
      Budget budget,
      Runnable checkpoint) {
    this(k, radius, includeSelf, where, List.of(), false, budget, checkpoint);
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

  /** Returns the same request with other attributes to answer for each neighbor. */
  public SearchRequest selecting(List<String> names) {
    return new SearchRequest(k, radius, includeSelf, where, names, aligned, budget, checkpoint);
  }
}
