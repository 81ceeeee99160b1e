package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.engine.prepare.SeriesPreparer;
import dev.vantage.tsdb.search.BoundQuery;
import dev.vantage.tsdb.search.SearchRequest;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.InvalidAttributeException;
import dev.vantage.tsdb.series.SeriesIds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Binds the queries of one call to the attributes and the metric of a database. Binds equal
 * conditions once, so that their queries share one filter. Not thread-safe.
 */
public final class QueryBinder {
  private final AttributeTypes types;
  private final SeriesPreparer preparer;
  private final Deadline deadline;
  private final Map<Condition, Filter> filters = new HashMap<>();

  public QueryBinder(AttributeTypes types, SeriesPreparer preparer, Deadline deadline) {
    this.types = types;
    this.preparer = preparer;
    this.deadline = deadline;
  }

  /**
   * Binds a query. Checks the id, the condition and the selected attributes before the series, so
   * they are reported first if they are wrong.
   */
  public BoundQuery bind(Query query) {
    query.id().ifPresent(SeriesIds::check);
    SearchRequest request =
        new SearchRequest(
            query.k(),
            query.radius(),
            query.includeSelf(),
            query.where().map(this::bind),
            known(query.selected()),
            query.isAligned(),
            query.budget(),
            deadline::check);
    return query
        .series()
        .map(series -> BoundQuery.uploaded(preparer.prepare(series), request))
        .orElseGet(() -> BoundQuery.stored(query.id().orElseThrow(), request));
  }

  private List<String> known(List<String> names) {
    for (String name : names) {
      if (types.type(name).isEmpty()) {
        throw new InvalidAttributeException(
            "no such attribute: name='"
                + AttributeTyping.shown(name)
                + "'"
                + types.nearest(name).map(nearest -> ", nearest='" + nearest + "'").orElse(""));
      }
    }
    return names;
  }

  private Filter bind(Condition condition) {
    return filters.computeIfAbsent(condition, distinct -> distinct.bind(types));
  }
}
