package dev.vantage.tsdb;

import java.util.List;

/**
 * The answer to a query.
 *
 * @param neighbors what was found, ordered by distance, then by id; unmodifiable
 * @param report what it cost, and whether it is exact
 */
public record SearchResult(List<Neighbor> neighbors, SearchReport report) {
  public SearchResult {
    neighbors = List.copyOf(neighbors);
  }
}
