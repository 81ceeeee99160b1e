package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.series.SeriesIds;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** The model of a database: a map, and searches by a loop over all series. */
public final class ScanModel {
  private final Settings settings;
  private final Metric metric;
  private final TreeMap<String, double[]> rows = new TreeMap<>(SeriesIds.ORDER);

  public ScanModel(Settings settings) {
    this.settings = settings;
    metric = SettingsCodec.metric(settings);
  }

  public void put(String id, TimeSeries series) {
    rows.put(id, row(series));
  }

  public void remove(String id) {
    rows.remove(id);
  }

  public int size() {
    return rows.size();
  }

  public boolean contains(String id) {
    return rows.containsKey(id);
  }

  public List<String> ids() {
    return List.copyOf(rows.keySet());
  }

  public String anyId(Random random) {
    return ids().get(random.nextInt(rows.size()));
  }

  public List<Neighbor> similar(String id, Query query) {
    return scan(rows.get(id), query, query.includeSelf() ? "" : id);
  }

  public List<Neighbor> similar(TimeSeries series, Query query) {
    return scan(row(series), query, "");
  }

  /** Prepares a series for the metric. */
  public double[] row(TimeSeries series) {
    double[] row = new double[metric.rowSize()];
    metric.prepare(settings.resampling().resample(series, settings.length()), row, 0);
    return row;
  }

  /** Returns the distance between two series. */
  public double distance(double[] x, double[] y) {
    return metric.evaluator().distance(x, 0, y, 0);
  }

  private List<Neighbor> scan(double[] query, Query wanted, String excluded) {
    List<Neighbor> all = new ArrayList<>();
    Metric.Evaluator evaluator = metric.evaluator(); // of its own, for threads that only search
    rows.forEach(
        (id, row) -> {
          double distance = evaluator.distance(query, 0, row, 0);
          if (!id.equals(excluded) && distance <= wanted.radius()) {
            all.add(new Neighbor(id, distance, evaluator.bestLag(query, 0, row, 0)));
          }
        });
    all.sort(
        Comparator.comparingDouble(Neighbor::distance)
            .thenComparing(Neighbor::id, SeriesIds.ORDER));
    return all.subList(0, Math.min(wanted.k(), all.size()));
  }
}
