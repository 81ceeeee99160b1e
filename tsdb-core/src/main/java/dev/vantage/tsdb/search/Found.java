package dev.vantage.tsdb.search;

import java.util.List;

/**
 * What a search found.
 *
 * @param hits the series found, ordered by distance, then by id
 * @param counts what it took
 */
public record Found(List<Hit> hits, SearchCounts counts) {

  /**
   * One series found.
   *
   * @param id its id
   * @param distance its distance from the query
   * @param lag its best lag
   */
  public record Hit(String id, double distance, int lag) {}
}
