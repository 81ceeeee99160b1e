package dev.vantage.tsdb.search;

import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.index.IndexState;
import dev.vantage.tsdb.index.LiveOrdinals;
import dev.vantage.tsdb.index.MissingAttributesException;
import dev.vantage.tsdb.index.VantageIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Searches an index. Thread-safe. Runs one search or several together, with bounds or, if bounds
 * were useless in the last searches, without. Each call sees the state of the index that is current
 * when it begins.
 */
public final class Searcher implements SimilaritySearch {
  private final VantageIndex index;
  private final Selections selections;
  private final BoundTrials trials = new BoundTrials();
  private final LongSupplier nanoTime;

  /**
   * Creates a searcher.
   *
   * @param index the index to search
   * @param nanoTime the clock of time budgets, like {@link System#nanoTime}
   */
  public Searcher(VantageIndex index, LongSupplier nanoTime) {
    this.index = index;
    this.nanoTime = nanoTime;
    selections = new Selections(index.pool());
  }

  @Override
  public Optional<SearchResult> search(String id, SearchRequest request) {
    VantageIndex.Located located = index.locate(List.of(id));
    int ordinal = located.ordinals()[0];
    return ordinal < 0
        ? Optional.empty()
        : Optional.of(
            search(located.state(), QueryPoint.stored(located.state(), ordinal), request));
  }

  @Override
  public SearchResult search(double[] row, SearchRequest request) {
    return search(index.state(), QueryPoint.uploaded(row), request);
  }

  private SearchResult search(IndexState state, QueryPoint query, SearchRequest request) {
    selectIfCostly(state, request);
    long numbers = (long) state.live().count() * index.metric().rowSize();
    boolean judged = state.rows().isResident() && BoundTrials.judge(request, numbers);
    if (judged && trials.areInVain(request.k())) {
      return search(
          VantageSearch.isSmall(numbers),
          () -> LinearScan.measureAll(index, state, query, request));
    }
    SearchResult found =
        search(VantageSearch.mayBeSmall(request), () -> begin(state, query, request).run());
    if (judged) {
      trials.tried(request.k(), found.report());
    }
    return found;
  }

  private SearchResult search(boolean isSmall, Callable<SearchResult> search) {
    return isSmall ? index.pool().callSmall(search) : index.pool().call(search);
  }

  private VantageSearch begin(IndexState state, QueryPoint query, SearchRequest request) {
    return new VantageSearch(
        index, state, selections.select(state, request), query, request, nanoTime);
  }

  /**
   * Searches for the neighbors of several series, in one state of the index.
   *
   * @param queries the searches
   * @param unknown creates the exception for the first unknown id, thrown before any search
   * @return the results, in the order of the queries
   */
  public List<SearchResult> searchAll(
      List<BoundQuery> queries, Function<String, RuntimeException> unknown) {
    List<String> ids = queries.stream().flatMap(query -> query.id().stream()).toList();
    VantageIndex.Located located = index.locate(ids);
    IndexState state = located.state();
    List<Supplier<VantageSearch>> searches = new ArrayList<>(queries.size());
    int stored = 0;
    for (BoundQuery query : queries) {
      QueryPoint point = QueryPoint.uploaded(query.row());
      if (query.id().isPresent()) {
        int ordinal = located.ordinals()[stored++];
        if (ordinal < 0) {
          throw unknown.apply(query.id().get());
        }
        point = QueryPoint.stored(state, ordinal);
      }
      QueryPoint asked = point;
      searches.add(() -> begin(state, asked, query.request()));
    }
    queries.forEach(query -> selectIfCostly(state, query.request()));
    Runnable checkpoint = queries.get(0).request().checkpoint();
    return new BatchSearch(index.pool(), checkpoint).run(searches);
  }

  /**
   * Lists the ids of series that pass a filter, in order. Cost: linear in the number of series; for
   * the first use of a filter, times the number of its tests.
   *
   * @param filter the filter that the series must pass
   * @param after lists only greater ids; the empty string for all
   * @param limit the maximum number of ids, at least 1
   * @param checkpoint run regularly on any thread; an exception of it ends the listing
   * @return the ids
   * @throws MissingAttributesException if attributes are not loaded
   */
  public List<String> ids(Filter filter, String after, int limit, Runnable checkpoint) {
    IndexState state = index.state();
    LiveOrdinals selected = selections.select(state, filter, checkpoint);
    return IdListing.of(state.directory(), selected, after, limit, checkpoint);
  }

  /**
   * Counts the series that pass a filter. Cost: as for {@link #ids}.
   *
   * @param filter the filter that the series must pass
   * @param after counts only series with greater ids; the empty string for all
   * @param checkpoint run regularly on any thread; an exception of it ends the count
   * @return the number of series
   * @throws MissingAttributesException if attributes are not loaded
   */
  public long count(Filter filter, String after, Runnable checkpoint) {
    IndexState state = index.state();
    LiveOrdinals selected = selections.select(state, filter, checkpoint);
    return after.isEmpty()
        ? selected.count()
        : IdListing.count(state.directory(), selected, after, checkpoint);
  }

  /**
   * Selects on this thread before the search goes to the pool, which then finds the selection
   * cached.
   */
  private void selectIfCostly(IndexState state, SearchRequest request) {
    if (request.where().isPresent()
        && state.attributes().isPresent()
        && Selection.isCostly(request.where().get(), state)) {
      selections.select(state, request);
    }
  }
}
