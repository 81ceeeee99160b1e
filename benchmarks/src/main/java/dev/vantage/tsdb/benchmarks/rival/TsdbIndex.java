package dev.vantage.tsdb.benchmarks.rival;

import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.benchmarks.workload.Dataset;
import dev.vantage.tsdb.benchmarks.workload.SampleRows;
import dev.vantage.tsdb.benchmarks.workload.Series;
import dev.vantage.tsdb.index.AttributeLoad;
import dev.vantage.tsdb.index.IndexUpdate;
import dev.vantage.tsdb.index.VantageIndex;
import dev.vantage.tsdb.pool.Coprocessor;
import dev.vantage.tsdb.search.LinearScan;
import dev.vantage.tsdb.search.SearchRequest;
import dev.vantage.tsdb.search.Searcher;
import dev.vantage.tsdb.series.AttributeValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * The index of tsdb, filled like that of a database: in batches; the vantage points are chosen from
 * the first batch. Thread-safe. All rows stay in memory.
 */
public final class TsdbIndex implements Rival {
  private static final int BATCH = 4096;

  /** The number of batches from which the first vantage points are chosen. */
  private static final int BATCHES_TO_CHOOSE_FROM = 4;

  private static final int VANTAGE_POINTS = 20;
  private static final long SEED = 0;

  private final Coprocessor pool;
  private final VantageIndex index;
  private final Searcher searcher;
  private final LongAdder measured = new LongAdder();
  private final LongAdder vantagePointDistances = new LongAdder();
  private final Map<String, LongAdder> pruned = new ConcurrentHashMap<>();
  private volatile boolean walkedAnnulus;

  /**
   * Fills an index.
   *
   * @param data the collection
   * @param threads threads of the co-processor pool
   * @param releaseRows whether to release the rows of the collection after they are copied
   */
  public TsdbIndex(Dataset data, int threads, boolean releaseRows) {
    pool = new Coprocessor(threads, true);
    index = new VantageIndex(data.metric(), pool, (key, row) -> false, Long.MAX_VALUE);
    searcher = new Searcher(index, System::nanoTime);
    SampleRows rows = data.rows();
    int from = 0;
    while (from < rows.count()) {
      int batch = from == 0 ? BATCHES_TO_CHOOSE_FROM * BATCH : BATCH;
      int to = Math.min(rows.count(), from + batch);
      add(rows, from, to);
      if (releaseRows) {
        rows.release(to);
      }
      from = to;
    }
  }

  private void add(SampleRows rows, int from, int to) {
    int wanted = index.metric().geometry().hasTriangleInequality() ? VANTAGE_POINTS : 0;
    boolean first = index.vantagePointCount() < wanted;
    double[][] distances = new double[to - from][];
    if (!first) {
      pool.forEach(
          to - from,
          1,
          (begin, end) -> {
            for (int i = begin; i < end; i++) {
              distances[i] = index.distances(rows.row(from + i));
            }
          });
    }
    IndexUpdate update = IndexUpdate.of(index);
    int[] order =
        first
            ? IntStream.range(0, to - from).toArray()
            : update.nearTogether(Arrays.asList(distances));
    for (int i : order) {
      int position = from + i;
      int ordinal = update.add(Integer.toString(position), position, rows.row(position));
      if (!first) {
        update.setDistances(ordinal, distances[i]);
      }
    }
    if (first) {
      update.setVantagePoints(
          update.spread(
              update.vantagePoints(), Math.min(VANTAGE_POINTS, rows.count()), SEED, () -> {}),
          () -> {});
    }
    update.publish();
  }

  @Override
  public RivalAnswer nearest(Series query, int k) {
    SearchResult found =
        searcher.search(
            query.row(), new SearchRequest(k, Double.POSITIVE_INFINITY, false, () -> {}));
    count(found.report());
    walkedAnnulus = found.report().plan() == SearchReport.Plan.ANNULUS_WALK;
    List<RivalAnswer.Hit> hits = new ArrayList<>(found.neighbors().size());
    for (Neighbor hit : found.neighbors()) {
      hits.add(new RivalAnswer.Hit(Integer.parseInt(hit.id()), hit.distance()));
    }
    return RivalAnswer.of(hits);
  }

  /**
   * Gives all series one attribute.
   *
   * @param name its name
   * @param values a value for each series, by its position
   */
  public void setAttribute(String name, double[] values) {
    AttributeLoad load = new AttributeLoad(index);
    for (int position = 0; position < values.length; position++) {
      load.set(position, Map.of(name, new AttributeValue.DoubleValue(values[position])));
    }
    load.publish();
  }

  /**
   * Runs a search.
   *
   * @param query the query
   * @param request the search request
   * @return the result
   */
  public SearchResult search(Series query, SearchRequest request) {
    return searcher.search(query.row(), request);
  }

  /**
   * Measures every series that passes the filter, in the order of memory.
   *
   * @param query the query
   * @param request the search request
   * @return the result
   */
  public SearchResult scan(Series query, SearchRequest request) {
    return new LinearScan(index).search(query.row(), request);
  }

  private void count(SearchReport counts) {
    measured.add(counts.exactDistances());
    vantagePointDistances.add(counts.vantagePointDistances());
    counts
        .pruned()
        .forEach(
            (bound, series) -> pruned.computeIfAbsent(bound, name -> new LongAdder()).add(series));
  }

  @Override
  public long exactDistances() {
    return measured.sum() + vantagePointDistances.sum();
  }

  /**
   * {@return the number of exact distances of all queries so far, without distances to vantage
   * points}
   */
  public long measured() {
    return measured.sum();
  }

  /**
   * Looks up a bound.
   *
   * @param bound its name
   * @return the number of series that it ruled out in all queries so far, after the bounds before
   *     it
   */
  public long prunedBy(String bound) {
    return pruned.getOrDefault(bound, new LongAdder()).sum();
  }

  @Override
  public OptionalLong bytes() {
    return OptionalLong.of(index.bytes() - index.rowBytes());
  }

  @Override
  public String plan() {
    return walkedAnnulus ? "annulus walk" : "table scan";
  }

  @Override
  public void close() {
    pool.close();
  }
}
