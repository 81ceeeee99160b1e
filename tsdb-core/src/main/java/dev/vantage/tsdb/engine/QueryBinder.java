package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.search.SearchRequest;
import dev.vantage.tsdb.series.AttributeTypes;

/** Turns queries into what the search takes. */
public final class QueryBinder {
  private QueryBinder() {}

  public static SearchRequest request(Query query, AttributeTypes types, Deadline deadline) {
    return new SearchRequest(
        query.k(),
        query.radius(),
        query.includeSelf(),
        query.where().map(condition -> condition.bind(types)),
        query.budget(),
        deadline::check);
  }
}
