package dev.vantage.tsdb.server;

import dev.vantage.tsdb.IdTakenException;
import dev.vantage.tsdb.InsertOutcome;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Stats;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnknownIdException;
import dev.vantage.tsdb.VantagePointException;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.SeriesIds;
import dev.vantage.tsdb.series.TimeSeries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The slow, obvious database: every search compares with every series at every lag. */
public final class ScanTsdb implements Tsdb {
  private final Settings settings;
  private final SortedMap<String, SeriesEntry> entries = new TreeMap<>(SeriesIds.ORDER);
  private final List<String> vantagePoints = new ArrayList<>();

  public ScanTsdb(Settings settings) {
    this.settings = settings;
  }

  @Override
  public synchronized void insert(SeriesEntry entry) {
    if (entries.containsKey(entry.id())) {
      throw new IdTakenException("id must be new: id=" + entry.id());
    }
    put(entry);
  }

  @Override
  public synchronized boolean put(SeriesEntry entry) {
    unit(entry.series());
    return entries.put(entry.id(), entry) == null;
  }

  @Override
  public List<InsertOutcome> insertAll(List<SeriesEntry> batch, boolean replace) {
    throw new UnsupportedOperationException("no request asks for this");
  }

  @Override
  public synchronized void delete(String id) {
    get(id);
    if (vantagePoints.contains(id)) {
      throw new VantagePointException("a vantage point cannot be deleted: id=" + id);
    }
    entries.remove(id);
  }

  @Override
  public synchronized SeriesEntry get(String id) {
    SeriesEntry entry = entries.get(id);
    if (entry == null) {
      throw new UnknownIdException("id must be that of a stored series: id=" + id);
    }
    return entry;
  }

  @Override
  public synchronized List<String> ids(int limit) {
    return entries.keySet().stream().limit(limit).toList();
  }

  @Override
  public synchronized List<String> idsAfter(String after, int limit) {
    return entries.keySet().stream()
        .filter(id -> SeriesIds.ORDER.compare(id, after) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized SearchResult similar(String id, Query query) {
    return search(get(id).series(), query, query.includeSelf() ? "" : id);
  }

  @Override
  public synchronized SearchResult similar(TimeSeries series, Query query) {
    return search(series, query, "");
  }

  private SearchResult search(TimeSeries series, Query query, String without) {
    double[] asked = unit(series);
    List<Neighbor> neighbors =
        entries.values().stream()
            .filter(entry -> !entry.id().equals(without))
            .map(entry -> compare(asked, entry))
            .filter(neighbor -> neighbor.distance() <= query.radius())
            .sorted(
                Comparator.comparingDouble(Neighbor::distance)
                    .thenComparing(Neighbor::id, SeriesIds.ORDER))
            .limit(query.k())
            .toList();
    int count = entries.size();
    return new SearchResult(
        neighbors,
        new SearchReport(
            count, count, 0, 0, 0, SearchReport.Plan.TABLE_SCAN, vantagePoints.size()));
  }

  private Neighbor compare(double[] asked, SeriesEntry entry) {
    double[] other = unit(entry.series());
    double best = Double.POSITIVE_INFINITY;
    int lag = 0;
    for (int shift = 0; shift < asked.length; shift++) {
      double sum = 0;
      for (int t = 0; t < asked.length; t++) {
        double difference = asked[t] - other[(t + shift) % other.length];
        sum += difference * difference;
      }
      if (sum < best) {
        best = sum;
        lag = shift;
      }
    }
    return new Neighbor(entry.id(), Math.sqrt(best), lag);
  }

  private double[] unit(TimeSeries series) {
    double[] values = settings.resampling().resample(series, settings.length());
    double squares = 0;
    for (double value : values) {
      squares += value * value;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] /= Math.sqrt(squares);
    }
    return values;
  }

  @Override
  public synchronized int addVantagePoint(String id) {
    get(id);
    if (vantagePoints.contains(id)) {
      throw new VantagePointException("series is a vantage point already: id=" + id);
    }
    vantagePoints.add(id);
    return vantagePoints.size();
  }

  @Override
  public synchronized Stats stats() {
    return new Stats(entries.size(), vantagePoints, settings, "scan", 0, 0, "test", "17", 1);
  }

  @Override
  public Tsdb withTimeout(Duration timeout) {
    return this;
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
