package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.engine.ScanModel;
import dev.vantage.tsdb.metric.toy.ToyEuclidean;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server and a client with a distance that is registered only by the tests. */
class ToyMetricServerTest {
  private static final Settings SETTINGS =
      Settings.DEFAULT.withLength(32).withVantagePoints(4).withMetric(ToyEuclidean.SPEC);

  @Test
  void findsWhatALoopFinds(@TempDir Path directory) throws IOException {
    RandomSeries series = new RandomSeries(Seeds.random("toy metric in a server").nextLong(), 32);
    ScanModel model = new ScanModel(SETTINGS);
    List<SeriesEntry> entries = new ArrayList<>();
    List<TimeSeries> uploaded = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      entries.add(new SeriesEntry("s" + i, series.next()));
      model.put("s" + i, entries.get(i).series());
      uploaded.add(series.next());
    }
    List<String> ids = model.ids();
    try (ServerProcess server = ServerProcess.start(directory.resolve("db"), SETTINGS);
        TsdbClient client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
      client.insertAll(entries);
      assertEquals(SETTINGS, client.stats().settings());
      assertEquals(ToyEuclidean.SPEC.name(), client.stats().settings().metric().name());
      for (Query query :
          List.of(
              Query.like("any").nearest(300),
              Query.like("any").within(3),
              Query.like("any").nearest(2))) {
        assertEquals(
            ids.stream().map(id -> model.similar(id, query)).toList(),
            client.searchAll(ids.stream().map(query::about).toList()).stream()
                .map(SearchResult::neighbors)
                .toList());
        assertEquals(
            uploaded.stream().map(sought -> model.similar(sought, query)).toList(),
            client.searchAll(uploaded.stream().map(query::about).toList()).stream()
                .map(SearchResult::neighbors)
                .toList());
      }
      assertTrue(
          model.similar("s0", Query.like("any").nearest(300)).get(298).distance() > 2, "far apart");
    }
  }
}
