package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.engine.prepare.SeriesPreparer;
import dev.vantage.tsdb.search.BoundQuery;
import dev.vantage.tsdb.search.SearchRequest;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.SeriesIds;

/** Binds queries to the attributes and the metric of a database. */
public final class QueryBinder {
  private QueryBinder() {}

  /**
   * Binds a query. Checks the id and the condition before the series, so a wrong condition is
   * reported first.
   */
  public static BoundQuery bind(
      Query query, AttributeTypes types, SeriesPreparer preparer, Deadline deadline) {
    query.id().ifPresent(SeriesIds::check);
    SearchRequest request =
        new SearchRequest(
            query.k(),
            query.radius(),
            query.includeSelf(),
            query.where().map(condition -> condition.bind(types)),
            query.budget(),
            deadline::check);
    return query
        .series()
        .map(series -> BoundQuery.uploaded(preparer.prepare(series), request))
        .orElseGet(() -> BoundQuery.stored(query.id().orElseThrow(), request));
  }
}
