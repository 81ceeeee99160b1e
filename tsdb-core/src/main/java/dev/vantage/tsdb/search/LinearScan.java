package dev.vantage.tsdb.search;

import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.index.IndexState;
import dev.vantage.tsdb.index.LiveOrdinals;
import dev.vantage.tsdb.index.VantageIndex;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Measures every series, regardless of the budget. Thread-safe. Slow and simple: the reference with
 * which every other search must agree.
 */
public final class LinearScan implements SimilaritySearch {
  private final VantageIndex index;
  private final Selections selections;

  /**
   * Creates a scan over the series of an index.
   *
   * @param index holds the series
   */
  public LinearScan(VantageIndex index) {
    this.index = index;
    selections = new Selections(index.pool());
  }

  @Override
  public Optional<SearchResult> search(String id, SearchRequest request) {
    VantageIndex.Located located = index.locate(List.of(id));
    IndexState state = located.state();
    int ordinal = located.ordinals()[0];
    return ordinal < 0
        ? Optional.empty()
        : Optional.of(scan(state, QueryPoint.stored(state, ordinal), request));
  }

  @Override
  public SearchResult search(double[] row, SearchRequest request) {
    return scan(index.state(), QueryPoint.uploaded(row), request);
  }

  private SearchResult scan(IndexState state, QueryPoint query, SearchRequest request) {
    IndexState selected = selections.select(state, request);
    return index.pool().call(() -> measureAll(index, selected, query, request));
  }

  /** Measures every series of a state, in the order of memory. */
  static SearchResult measureAll(
      VantageIndex index, IndexState state, QueryPoint query, SearchRequest request) {
    Measurement measurement =
        new Measurement(
            state, index.metric(), index.metric().evaluator(), index.pool(), query, request);
    int[] ordinals = inOrderOfMemory(state);
    int size = 0;
    for (int ordinal : ordinals) {
      if (ordinal >= 0 && ordinal != measurement.excluded()) {
        ordinals[size++] = ordinal;
      }
    }
    measurement.measureAll(ordinals, size);
    SearchReport.Builder counts = new SearchReport.Builder();
    counts.candidates(size).visited(size).exactDistances(size);
    return measurement.answer(counts.vantagePoints(state.vantage().size(), 0).exact());
  }

  /** Returns the ordinals by the positions of their rows in memory; -1 for an unused position. */
  private static int[] inOrderOfMemory(IndexState state) {
    LiveOrdinals live = state.live();
    int[] ordinals = new int[state.rows().place(live.end())];
    Arrays.fill(ordinals, -1);
    for (int ordinal = live.next(0); ordinal < live.end(); ordinal = live.next(ordinal + 1)) {
      ordinals[state.rows().place(ordinal)] = ordinal;
    }
    return ordinals;
  }
}
