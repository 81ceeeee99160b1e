package dev.vantage.tsdb.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Searches around several queries in one state of an index: some of them share a pass over the
 * table, and then each goes its own way, on any thread of the pool.
 */
final class BatchSearch {
  /** Queries that share a pass over the table: as many as leave its blocks in the cache. */
  private static final int QUERIES_PER_PASS = 16;

  private final VantageIndex index;
  private final IndexState state;
  private final SearchRequest request;

  BatchSearch(VantageIndex index, IndexState state, SearchRequest request) {
    this.index = index;
    this.state = state;
    this.request = request;
  }

  /** What was found around each query, in their order. */
  List<Found> run(List<QueryPoint> queries) {
    return index
        .pool()
        .call(
            () -> {
              List<Found> found = new ArrayList<>(queries.size());
              for (int from = 0; from < queries.size(); from += QUERIES_PER_PASS) {
                int to = Math.min(queries.size(), from + QUERIES_PER_PASS);
                found.addAll(together(queries.subList(from, to)));
              }
              return found;
            });
  }

  private List<Found> together(List<QueryPoint> queries) {
    VantageSearch[] searches = new VantageSearch[queries.size()];
    Found[] found = new Found[searches.length];
    if (request.where().isPresent()) {
      // What passes a filter may be a small part of the table.
      forEach(searches.length, q -> found[q] = begun(queries.get(q)).run());
      return Arrays.asList(found);
    }
    forEach(searches.length, q -> searches[q] = begun(queries.get(q)));
    LowerBounds[] bounds =
        Arrays.stream(searches).map(VantageSearch::bounds).toArray(LowerBounds[]::new);
    TableScan scan = new TableScan(state, index.pool(), request.checkpoint());
    float[][] all = scan.bounds(bounds);
    forEach(searches.length, q -> found[q] = searches[q].finish(scan, all[q]));
    return Arrays.asList(found);
  }

  private VantageSearch begun(QueryPoint query) {
    return new VantageSearch(index, state, query, request);
  }

  private void forEach(int queries, IntConsumer work) {
    index
        .pool()
        .forEach(
            queries,
            1,
            (from, to) -> {
              for (int q = from; q < to; q++) {
                work.accept(q);
              }
            });
  }
}
