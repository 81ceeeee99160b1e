package dev.vantage.tsdb.benchmarks.rival;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.benchmarks.workload.Dataset;
import dev.vantage.tsdb.benchmarks.workload.Series;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.util.ArrayList;
import java.util.List;

/**
 * A database of tsdb in memory, used through the public interface: each query is resampled and
 * prepared.
 */
final class TsdbDoor implements Rival {
  private static final int BATCH = 1000;

  private final EmbeddedTsdb database;
  private long computed;
  private String plan = "";

  TsdbDoor(Dataset data, int threads) {
    database =
        Tsdb.inMemory(
            Settings.DEFAULT.withLength(data.metric().length()).withMetric(data.metric().spec()),
            threads);
    int count = data.rows().count();
    for (int from = 0; from < count; from += BATCH) {
      List<SeriesEntry> batch = new ArrayList<>();
      for (int position = from; position < Math.min(count, from + BATCH); position++) {
        batch.add(
            new SeriesEntry(
                Integer.toString(position), TimeSeries.ofValues(data.samples().apply(position))));
      }
      database.insertAll(batch).forEach(outcome -> outcome.failure().ifPresent(TsdbDoor::fail));
    }
  }

  private static void fail(RuntimeException failure) {
    throw failure;
  }

  @Override
  public RivalAnswer nearest(Series query, int k) {
    SearchResult result =
        database.search(Query.like(TimeSeries.ofValues(query.samples())).nearest(k));
    SearchReport report = result.report();
    computed += report.exactDistances() + report.vantagePointDistances();
    plan = report.plan() == SearchReport.Plan.ANNULUS_WALK ? "annulus walk" : "table scan";
    List<RivalAnswer.Hit> hits = new ArrayList<>();
    for (Neighbor neighbor : result.neighbors()) {
      hits.add(new RivalAnswer.Hit(Integer.parseInt(neighbor.id()), neighbor.distance()));
    }
    return RivalAnswer.of(hits);
  }

  @Override
  public long exactDistances() {
    return computed;
  }

  @Override
  public String plan() {
    return plan;
  }

  @Override
  public void close() {
    database.close();
  }
}
