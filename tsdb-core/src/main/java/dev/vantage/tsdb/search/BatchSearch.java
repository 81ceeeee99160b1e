package dev.vantage.tsdb.search;

import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.index.table.FloatColumns;
import dev.vantage.tsdb.pool.Coprocessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Runs several searches in one state of an index, on the threads of the pool. Searches share a pass
 * over the table: each block is scanned for all searches that need it while it is in the cache.
 */
final class BatchSearch {
  /** Queries that share a pass over the table: as many as leave its blocks in the cache. */
  private static final int QUERIES_PER_PASS = 16;

  private final Coprocessor pool;
  private final Runnable checkpoint;

  /**
   * Creates a batch.
   *
   * @param checkpoint run regularly on any thread; an exception of it ends the searches
   */
  BatchSearch(Coprocessor pool, Runnable checkpoint) {
    this.pool = pool;
    this.checkpoint = checkpoint;
  }

  /**
   * Returns the result of each search, in their order. Each search begins on a thread of the pool.
   */
  List<SearchResult> run(List<Supplier<VantageSearch>> queries) {
    return pool.call(
        () -> {
          List<SearchResult> found = new ArrayList<>(queries.size());
          for (int from = 0; from < queries.size(); from += QUERIES_PER_PASS) {
            int to = Math.min(queries.size(), from + QUERIES_PER_PASS);
            found.addAll(together(queries.subList(from, to)));
          }
          return found;
        });
  }

  private List<SearchResult> together(List<Supplier<VantageSearch>> queries) {
    VantageSearch[] searches = new VantageSearch[queries.size()];
    VantageSearch.PartialResult[] begun = new VantageSearch.PartialResult[searches.length];
    forEach(
        searches.length,
        q -> {
          searches[q] = queries.get(q).get();
          begun[q] = searches[q].begin();
        });
    Candidates[] kept = scan(searches, begun);
    SearchResult[] found = new SearchResult[searches.length];
    forEach(
        searches.length,
        q ->
            found[q] =
                begun[q].answer().orElseGet(() -> searches[q].finish(begun[q].blocks(), kept[q])));
    return Arrays.asList(found);
  }

  /**
   * Returns the candidates of each search, from one pass over the blocks that any of them scans.
   */
  private Candidates[] scan(VantageSearch[] searches, VantageSearch.PartialResult[] begun) {
    BitSet[] wanted = new BitSet[searches.length];
    BitSet any = new BitSet();
    for (int q = 0; q < wanted.length; q++) {
      wanted[q] = new BitSet();
      IntStream.of(begun[q].blocks()).forEach(wanted[q]::set);
      any.or(wanted[q]);
    }
    int[] blocks = any.stream().toArray();
    Candidates[][] kept = new Candidates[searches.length][TableScan.parts(blocks)];
    pool.forEach(
        TableScan.parts(blocks),
        1,
        (from, to) -> {
          float[] bounds = new float[FloatColumns.LANES];
          for (int part = from; part < to; part++) {
            checkpoint.run();
            for (int q = 0; q < searches.length; q++) {
              kept[q][part] = new Candidates(16);
            }
            for (int block : TableScan.part(blocks, part)) {
              for (int q = 0; q < searches.length; q++) {
                if (wanted[q].get(block)) {
                  searches[q].blocks().byVantage(block, bounds, kept[q][part]);
                }
              }
            }
          }
        });
    return Arrays.stream(kept).map(Candidates::all).toArray(Candidates[]::new);
  }

  private void forEach(int searches, IntConsumer work) {
    pool.forEach(
        searches,
        1,
        (from, to) -> {
          for (int q = from; q < to; q++) {
            work.accept(q);
          }
        });
  }
}
