package dev.vantage.tsdb;

import java.util.List;

/**
 * The answer to a query. Immutable.
 *
 * @param neighbors the neighbors, ordered by distance, then by id; unmodifiable
 * @param report the cost of the search, and whether the answer is exact
 */
public record SearchResult(List<Neighbor> neighbors, SearchReport report) {
  public SearchResult {
    neighbors = List.copyOf(neighbors);
  }
}
