package dev.vantage.tsdb.search;

import java.util.Optional;

/**
 * One search of a batch: its condition is bound to types and its series is prepared.
 *
 * @param id the id of the stored query series, or empty for a given series
 * @param row the given series, prepared by the metric; empty for a stored series; must not be
 *     changed
 * @param request the search request
 */
public record BoundQuery(Optional<String> id, double[] row, SearchRequest request) {

  /** Returns a search for the neighbors of a stored series. */
  public static BoundQuery stored(String id, SearchRequest request) {
    return new BoundQuery(Optional.of(id), new double[0], request);
  }

  /** Returns a search for the neighbors of a given series. */
  public static BoundQuery uploaded(double[] row, SearchRequest request) {
    return new BoundQuery(Optional.empty(), row, request);
  }
}
