package dev.vantage.tsdb;

import dev.vantage.tsdb.search.SearchRequest;
import dev.vantage.tsdb.series.AttributeTypes;

/** Turns queries into what the search takes. */
final class Searches {
  private Searches() {}

  static SearchRequest request(Query query, AttributeTypes types, Deadline deadline) {
    return new SearchRequest(
        query.k(),
        query.radius(),
        query.includeSelf(),
        query.where().map(condition -> condition.bind(types)),
        query.budget(),
        deadline::check);
  }
}
