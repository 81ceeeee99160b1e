package dev.vantage.tsdb.search;

import java.util.List;

/**
 * What a search found.
 *
 * @param hits the series found, ordered by distance, then by id
 * @param counts what it took
 * @param completeWithin every series nearer than this that was asked for is among the hits;
 *     positive infinity unless the budget was spent
 */
public record Found(List<Hit> hits, SearchCounts counts, double completeWithin) {

  /** What a search found that ran to its end. */
  static Found exact(List<Hit> hits, SearchCounts counts) {
    return new Found(hits, counts, Double.POSITIVE_INFINITY);
  }

  /**
   * One series found.
   *
   * @param id its id
   * @param distance its distance from the query
   * @param lag its best lag
   */
  public record Hit(String id, double distance, int lag) {}
}
