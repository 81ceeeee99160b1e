package dev.vantage.tsdb.index;

import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.kernel.KernelCorrelation;
import dev.vantage.tsdb.pool.Coprocessor;
import dev.vantage.tsdb.search.LinearScan;
import dev.vantage.tsdb.search.SearchRequest;
import dev.vantage.tsdb.search.Searcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An index filled like that of a database: batch by batch, with vantage points from the first. */
public final class FilledIndex implements AutoCloseable {
  public final Metric metric;
  final Coprocessor pool;
  public final VantageIndex index;
  public final Searcher searcher;
  private final int vantagePoints;
  private final Map<Long, double[]> stored = new ConcurrentHashMap<>();
  private final AtomicInteger loads = new AtomicInteger();
  private long key;

  /** Creates an index that keeps every row in memory. */
  public FilledIndex(int length, double multiplier, int vantagePoints, int threads) {
    this(length, multiplier, vantagePoints, threads, Long.MAX_VALUE);
  }

  public FilledIndex(int length, double multiplier, int vantagePoints, int threads, long room) {
    this(length, multiplier, vantagePoints, new Coprocessor(threads, true), room);
  }

  public FilledIndex(
      int length, double multiplier, int vantagePoints, Coprocessor pool, long room) {
    metric = new KernelCorrelation(length, multiplier);
    this.pool = pool;
    index = new VantageIndex(metric, pool, this::load, room);
    searcher = new Searcher(index, System::nanoTime);
    this.vantagePoints = vantagePoints;
  }

  private boolean load(long storageKey, double[] row) {
    loads.incrementAndGet();
    double[] found = stored.get(storageKey);
    if (found != null) {
      System.arraycopy(found, 0, row, 0, row.length);
    }
    return found != null;
  }

  /** Returns how often a row was read from the storage. */
  int loads() {
    return loads.get();
  }

  /** Stores a row, without adding it to the index. */
  long store(double[] row) {
    stored.put(++key, row);
    return key;
  }

  /** The row of a series. */
  public double[] row(double[] samples) {
    double[] row = new double[metric.rowSize()];
    metric.prepare(samples, row, 0);
    return row;
  }

  void put(String id, double[] row) {
    putAll(Map.of(id, row));
  }

  /** Adds or replaces series that are not vantage points. */
  public void putAll(Map<String, double[]> rows) {
    IndexUpdate update = IndexUpdate.of(index);
    Map<Long, double[]> added = new HashMap<>();
    List<Long> removed = new ArrayList<>();
    rows.forEach(
        (id, row) -> {
          index.find(id).ifPresent(old -> remove(update, old, removed));
          int ordinal = update.add(id, ++key, row);
          added.put(key, row);
          if (update.vantagePoints().length >= vantagePoints) {
            update.setDistances(ordinal, index.distances(row));
          }
        });
    if (update.vantagePoints().length < vantagePoints) {
      update.setVantagePoints(
          update.spread(update.vantagePoints(), vantagePoints, 1, () -> {}), () -> {});
    }
    publish(update, added, removed);
  }

  private static void remove(IndexUpdate update, int ordinal, List<Long> removed) {
    removed.add(update.storageKey(ordinal));
    update.remove(ordinal);
  }

  private void publish(IndexUpdate update, Map<Long, double[]> added, List<Long> removed) {
    update.keepRemoved();
    stored.putAll(added);
    stored.keySet().removeAll(removed);
    update.publish();
  }

  public void removeAll(Collection<String> ids) {
    IndexUpdate update = IndexUpdate.of(index);
    List<Long> removed = new ArrayList<>();
    ids.forEach(id -> remove(update, index.find(id).orElseThrow(), removed));
    publish(update, Map.of(), removed);
  }

  void addVantagePoint(String id) {
    IndexUpdate update = IndexUpdate.of(index);
    int[] before = update.vantagePoints();
    int[] after = Arrays.copyOf(before, before.length + 1);
    after[before.length] = index.find(id).orElseThrow();
    update.setVantagePoints(after, () -> {});
    update.publish();
  }

  public boolean isVantagePoint(String id) {
    return index.isVantagePoint(id);
  }

  /** Random walks called {@code prefix0}, {@code prefix1} and so on. */
  public Map<String, double[]> walks(String prefix, int count, Random random) {
    Map<String, double[]> rows = new HashMap<>();
    for (int i = 0; i < count; i++) {
      double[] samples = new double[metric.length()];
      for (int t = 1; t < samples.length; t++) {
        samples[t] = samples[t - 1] + random.nextGaussian();
      }
      rows.put(prefix + i, row(samples));
    }
    return rows;
  }

  public static SearchRequest nearest(int k) {
    return new SearchRequest(k, Double.POSITIVE_INFINITY, false, () -> {});
  }

  public List<Neighbor> search(double[] row, SearchRequest request) {
    return searcher.search(row, request).neighbors();
  }

  public List<Neighbor> scan(double[] row, SearchRequest request) {
    return new LinearScan(index).search(row, request).neighbors();
  }

  @Override
  public void close() {
    pool.close();
  }
}
