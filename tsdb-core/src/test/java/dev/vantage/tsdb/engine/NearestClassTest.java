package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.Resampling;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.testkit.SharedData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The class of the nearest neighbor on data sets of the UCR archive, beside a plain loop. */
@Tag("long")
class NearestClassTest {
  private static final List<String> DISTANCES =
      List.of("euclidean", "dtw", "msm", "twe", "erp", "phase-invariant");

  /** The least share that any of the distances gets right; a guess gets a half or a third. */
  private static final double LEAST = 0.6;

  @ParameterizedTest
  @CsvSource({"ArrowHead, 128", "GunPoint, 128", "ItalyPowerDemand, 32"})
  void isThatOfAPlainLoop(String name, int length) throws IOException {
    List<SeriesEntry> train = SharedData.ts(name + "_TRAIN");
    List<SeriesEntry> test = SharedData.ts(name + "_TEST");
    List<String> line = new ArrayList<>(List.of(name));
    for (String distance : DISTANCES) {
      double share = share(distance, length, train, test);
      assertTrue(share > LEAST, distance + " " + share);
      line.add(String.format(Locale.ROOT, "%s %.1f %%", distance, 100 * share));
    }
    System.out.println("right by the nearest neighbor: " + String.join(", ", line));
  }

  private static double share(
      String distance, int length, List<SeriesEntry> train, List<SeriesEntry> test) {
    Settings settings =
        SettingsCodec.complete(
            Settings.DEFAULT
                .withLength(length)
                .withResampling(Resampling.INTERVAL)
                .withMetric(new MetricSpec(distance, Map.of())));
    ScanModel loop = new ScanModel(settings);
    Map<String, AttributeValue> labels = new HashMap<>();
    int right = 0;
    try (Tsdb database = Tsdb.inMemory(settings, 2)) {
      database.insertAll(train);
      for (SeriesEntry one : train) {
        loop.put(one.id(), one.series());
        labels.put(one.id(), label(one));
      }
      List<Query> queries = test.stream().map(one -> Query.like(one.series()).nearest(1)).toList();
      List<SearchResult> found = database.searchAll(queries);
      for (int i = 0; i < test.size(); i++) {
        List<Neighbor> nearest = found.get(i).neighbors();
        assertEquals(loop.similar(test.get(i).series(), queries.get(i)), nearest);
        if (labels.get(nearest.get(0).id()).equals(label(test.get(i)))) {
          right++;
        }
      }
    }
    return (double) right / test.size();
  }

  private static AttributeValue label(SeriesEntry entry) {
    return Objects.requireNonNull(entry.attributes().asMap().get("label"));
  }
}
