package dev.vantage.tsdb.search;

import dev.vantage.tsdb.Match;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.index.IndexState;
import dev.vantage.tsdb.index.PreparedRows;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.pool.Coprocessor;
import dev.vantage.tsdb.series.Attributes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The exact part of one search: measures candidates and keeps the nearest. Not thread-safe: used by
 * the searching thread, which passes large batches to the pool.
 */
final class Measurement {
  private static final int GRAIN = 32;

  /** The parts of a large batch: limited, so that no evaluator is created for few distances. */
  private static final int PARTS_PER_THREAD = 4;

  private static final int LARGEST_GRAIN = 1 << 9;

  /** The maximum number of series measured before the nearest are collected, to limit memory. */
  private static final int MOST_AT_ONCE = 1 << 16;

  private final IndexState state;
  private final Metric metric;
  private final Coprocessor pool;
  private final QueryPoint query;
  private final SearchRequest request;
  private final NeighborCollector collector;
  private final Optional<SelectedColumns> selected;
  private final Matches matches;
  private final Metric.Evaluator evaluator;
  private final PreparedRows.Cursor cursor;
  private long exactDistances;

  /**
   * Creates the measurement of one search.
   *
   * @param evaluator an evaluator of the metric for the searching thread
   * @throws dev.vantage.tsdb.index.MissingAttributesException if the request selects attributes and
   *     they are not loaded
   */
  Measurement(
      IndexState state,
      Metric metric,
      Metric.Evaluator evaluator,
      Coprocessor pool,
      QueryPoint query,
      SearchRequest request) {
    this.state = state;
    this.metric = metric;
    this.pool = pool;
    this.query = query;
    this.request = request;
    collector = new NeighborCollector(request.k(), request.radius(), state.directory());
    selected = SelectedColumns.of(state, request);
    matches = new Matches(metric, request.aligned());
    this.evaluator = evaluator;
    cursor = state.cursor();
  }

  /** Returns the cursor of the searching thread. */
  PreparedRows.Cursor cursor() {
    return cursor;
  }

  /**
   * Returns the ordinal that is not a candidate: the query itself, unless the request includes it.
   */
  int excluded() {
    return request.includeSelf() ? QueryPoint.UPLOADED : query.ordinal();
  }

  long candidates() {
    boolean one = excluded() >= 0 && state.live().contains(excluded());
    return one ? state.live().count() - 1 : state.live().count();
  }

  /** Returns the greatest distance that could still be in the answer. */
  double limit() {
    return collector.limit();
  }

  long exactDistances() {
    return exactDistances;
  }

  /** Asks for the series to be measured after the next one. */
  void fetch(int ordinal) {
    cursor.fetch(ordinal);
  }

  void measure(int ordinal) {
    if (exactDistances++ % GRAIN == 0) {
      request.checkpoint().run();
    }
    collector.offer(ordinal, distance(evaluator, cursor, ordinal, collector.limit()));
  }

  /** Measures several candidates, on all threads if there are many. */
  void measureAll(int[] ordinals, int size) {
    if (size <= GRAIN || pool.threadsHere() == 1) {
      for (int i = 0; i < size; i++) {
        if (i + 1 < size) {
          cursor.fetch(ordinals[i + 1]);
        }
        measure(ordinals[i]);
      }
      return;
    }
    for (int from = 0; from < size; from += MOST_AT_ONCE) {
      measureOnAllThreads(ordinals, from, Math.min(size - from, MOST_AT_ONCE));
    }
  }

  private void measureOnAllThreads(int[] ordinals, int first, int size) {
    double[] distances = new double[size];
    double limit = collector.limit();
    pool.forEach(
        size,
        Math.max(GRAIN, Math.min(LARGEST_GRAIN, size / (PARTS_PER_THREAD * pool.threads()))),
        (from, to) -> {
          Metric.Evaluator own = metric.evaluator();
          PreparedRows.Cursor ownCursor = state.cursor();
          request.checkpoint().run();
          for (int i = from; i < to; i++) {
            if (i + 1 < to) {
              ownCursor.fetch(ordinals[first + i + 1]);
            }
            distances[i] = distance(own, ownCursor, ordinals[first + i], limit);
          }
        });
    for (int i = 0; i < size; i++) {
      collector.offer(ordinals[first + i], distances[i]);
    }
    exactDistances += size;
  }

  private double distance(
      Metric.Evaluator own, PreparedRows.Cursor rows, int ordinal, double limit) {
    rows.seek(ordinal);
    return own.distance(query.row(), query.offset(), rows.array(), rows.offset(), limit);
  }

  /**
   * Returns the neighbors in order, each with its best lag, and the attributes that the request
   * selects. Nothing may be measured afterwards.
   */
  SearchResult answer(SearchReport report) {
    collector.sort();
    matches.check(collector.size());
    Neighbor[] neighbors = new Neighbor[collector.size()];
    Match[] matched = new Match[matches.areEmpty() ? 0 : neighbors.length];
    pool.forEach(
        neighbors.length,
        GRAIN,
        (from, to) -> {
          Metric.Evaluator own =
              from == 0 && to == neighbors.length ? evaluator : metric.evaluator();
          PreparedRows.Cursor ownCursor = state.cursor();
          for (int rank = from; rank < to; rank++) {
            request.checkpoint().run();
            describe(own, ownCursor, rank, neighbors, matched);
          }
        });
    return new SearchResult(Arrays.asList(neighbors), attributes(), Arrays.asList(matched), report);
  }

  private List<Attributes> attributes() {
    if (selected.isEmpty()) {
      return List.of();
    }
    Attributes[] attributes = new Attributes[collector.size()];
    for (int rank = 0; rank < attributes.length; rank++) {
      if (rank % GRAIN == 0) {
        request.checkpoint().run();
      }
      attributes[rank] = selected.get().of(collector.ordinal(rank));
    }
    return Arrays.asList(attributes);
  }

  private void describe(
      Metric.Evaluator own,
      PreparedRows.Cursor rows,
      int rank,
      Neighbor[] neighbors,
      Match[] matched) {
    int ordinal = collector.ordinal(rank);
    double distance = collector.distance(rank);
    rows.seek(ordinal);
    int lag = own.bestLag(query.row(), query.offset(), rows.array(), rows.offset());
    neighbors[rank] = new Neighbor(state.directory().id(ordinal), distance, lag);
    if (matched.length > 0) {
      matched[rank] = matches.describe(own, query, rows.array(), rows.offset(), distance);
    }
  }
}
