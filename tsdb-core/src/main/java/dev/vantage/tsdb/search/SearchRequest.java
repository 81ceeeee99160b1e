package dev.vantage.tsdb.search;

import dev.vantage.tsdb.Budget;
import dev.vantage.tsdb.condition.Filter;
import java.util.Objects;
import java.util.Optional;

/**
 * What a search looks for.
 *
 * @param k the most neighbors wanted, at least 1
 * @param radius the largest distance wanted, at least 0, perhaps infinite
 * @param includeSelf whether a search by id may find that id
 * @param where what a series must pass to be found, or empty for all
 * @param budget what the search may spend before it stops with what it has
 * @param checkpoint run every now and then by the thread that searches; what it throws ends the
 *     search
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
   * A search among all series, with an unlimited budget.
   *
   * @param k the most neighbors wanted, at least 1
   * @param radius the largest distance wanted, at least 0, perhaps infinite
   * @param includeSelf whether a search by id may find that id
   * @param checkpoint run every now and then by the thread that searches; what it throws ends the
   *     search
   */
  public SearchRequest(int k, double radius, boolean includeSelf, Runnable checkpoint) {
    this(k, radius, includeSelf, Optional.empty(), Budget.UNLIMITED, checkpoint);
  }
}
