package dev.vantage.tsdb.search;

import java.util.Optional;

/**
 * One of several searches: a query whose condition is bound to types and whose series is prepared.
 *
 * @param id the id of the stored series that is asked about, or empty for a given one
 * @param row the given series, prepared by the metric; empty for a stored one; not to be changed
 * @param request what is looked for
 */
public record BoundQuery(Optional<String> id, double[] row, SearchRequest request) {

  /** A search around a stored series. */
  public static BoundQuery stored(String id, SearchRequest request) {
    return new BoundQuery(Optional.of(id), new double[0], request);
  }

  /** A search around a given series. */
  public static BoundQuery uploaded(double[] row, SearchRequest request) {
    return new BoundQuery(Optional.empty(), row, request);
  }
}
