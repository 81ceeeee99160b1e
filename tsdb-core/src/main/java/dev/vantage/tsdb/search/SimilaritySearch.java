package dev.vantage.tsdb.search;

import dev.vantage.tsdb.SearchResult;
import java.util.Optional;

/** Finds the nearest series of an index. Implementations are thread-safe. */
public interface SimilaritySearch {

  /**
   * Searches for the neighbors of a stored series.
   *
   * @param id the id of the series
   * @param request the search request
   * @return the result, or empty if no series has the id
   */
  Optional<SearchResult> search(String id, SearchRequest request);

  /**
   * Searches for the neighbors of a given series.
   *
   * @param row the series, prepared by the metric
   * @param request the search request
   * @return the result
   */
  SearchResult search(double[] row, SearchRequest request);
}
