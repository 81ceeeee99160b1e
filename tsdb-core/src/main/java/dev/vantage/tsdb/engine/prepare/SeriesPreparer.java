package dev.vantage.tsdb.engine.prepare;

import dev.vantage.tsdb.metric.Metric;
import dev.vantage.tsdb.metric.Standardisation;
import dev.vantage.tsdb.pool.Coprocessor;
import dev.vantage.tsdb.series.Curve;
import dev.vantage.tsdb.series.Resampling;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.store.IndexedSeries;
import dev.vantage.tsdb.store.StoreSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Resamples series and prepares them for the metric of one database. Thread-safe. */
public final class SeriesPreparer {
  private static final int READ_AT_ONCE = 512;
  private static final int PREPARED_AT_ONCE = 16;

  private final Metric metric;
  private final Resampling resampling;

  public SeriesPreparer(Metric metric, Resampling resampling) {
    this.metric = metric;
    this.resampling = resampling;
  }

  /** The row of a series under the metric. */
  public double[] prepare(TimeSeries series) {
    double[] row = new double[metric.rowSize()];
    prepare(series, row);
    return row;
  }

  /** Writes the row of a series under the metric. */
  public void prepare(TimeSeries series, double[] row) {
    metric.prepare(resampling.resample(series, metric.length()), row, 0);
  }

  /**
   * The series as it is compared, for plots.
   *
   * @param points the number of values, at least 2
   */
  public Curve curve(SeriesEntry entry, int points) {
    double[] samples = resampling.resample(entry.series(), metric.length());
    return Curve.of(entry.id(), Standardisation.standardise(samples), resampling, points);
  }

  /**
   * Reads stored series one by one, and prepares many at a time on the pool.
   *
   * @param after the storage key after which to begin
   * @param consumer takes each series and its row, in the order of the keys, on this thread
   */
  public void forEach(
      StoreSnapshot snapshot,
      long after,
      Coprocessor pool,
      BiConsumer<IndexedSeries, double[]> consumer) {
    List<IndexedSeries> batch = new ArrayList<>(READ_AT_ONCE);
    snapshot.forEach(
        after,
        series -> {
          batch.add(series);
          if (batch.size() == READ_AT_ONCE) {
            prepareAll(batch, pool, consumer);
          }
        });
    prepareAll(batch, pool, consumer);
  }

  private void prepareAll(
      List<IndexedSeries> batch, Coprocessor pool, BiConsumer<IndexedSeries, double[]> consumer) {
    double[][] rows = new double[batch.size()][];
    pool.forEach(
        rows.length,
        PREPARED_AT_ONCE,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            rows[i] = prepare(batch.get(i).entry().series());
          }
        });
    for (int i = 0; i < rows.length; i++) {
      consumer.accept(batch.get(i), rows[i]);
    }
    batch.clear();
  }
}
