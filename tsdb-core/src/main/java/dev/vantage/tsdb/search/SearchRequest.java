package dev.vantage.tsdb.search;

import java.util.Objects;

/**
 * What a search looks for.
 *
 * @param k the most neighbors wanted, at least 1
 * @param radius the largest distance wanted, at least 0, perhaps infinite
 * @param includeSelf whether a search by id may find that id
 * @param budget what the search may spend before it stops with what it has
 * @param checkpoint run every now and then by the thread that searches; what it throws ends the
 *     search
 */
public record SearchRequest(
    int k, double radius, boolean includeSelf, SearchBudget budget, Runnable checkpoint) {
  public SearchRequest {
    Objects.requireNonNull(budget, "budget");
    Objects.requireNonNull(checkpoint, "checkpoint");
  }

  /**
   * A search with an unlimited budget.
   *
   * @param k the most neighbors wanted, at least 1
   * @param radius the largest distance wanted, at least 0, perhaps infinite
   * @param includeSelf whether a search by id may find that id
   * @param checkpoint run every now and then by the thread that searches; what it throws ends the
   *     search
   */
  public SearchRequest(int k, double radius, boolean includeSelf, Runnable checkpoint) {
    this(k, radius, includeSelf, SearchBudget.UNLIMITED, checkpoint);
  }
}
