package dev.vantage.tsdb;

import java.util.List;
import java.util.Objects;

/**
 * The answer to a query. Immutable.
 *
 * @param neighbors the neighbors, ordered by distance, then by id; unmodifiable
 * @param report the cost of the search, and whether the answer is exact
 */
public record SearchResult(List<Neighbor> neighbors, SearchReport report) {
  public SearchResult {
    Objects.requireNonNull(neighbors, "neighbors");
    Objects.requireNonNull(report, "report");
    neighbors = List.copyOf(neighbors);
  }
}
