package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.UnsupportedRequestException;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.testkit.PostgresServer;
import dev.vantage.tsdb.testkit.Seeds;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Databases of every distance: searches find the same as a loop. */
@Tag("long")
class DistanceDatabaseTest {
  private final Random random = Seeds.random("databases of distances");

  static Stream<MetricSpec> specs() {
    return Stream.of("z", "none")
        .flatMap(
            scaling ->
                Stream.of("dtw", "erp", "euclidean", "msm", "phase-invariant", "twe")
                    .map(name -> new MetricSpec(name, Map.of("standardise", scaling))));
  }

  /** Returns settings with all parameters, as a database says them. */
  private static Settings settings(MetricSpec spec) {
    return SettingsCodec.complete(
        Settings.DEFAULT.withLength(MetricHistory.LENGTH).withVantagePoints(5).withMetric(spec));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void searchesFindWhatALoopFinds(MetricSpec spec) {
    for (int threads : new int[] {1, 4}) {
      MetricHistory history = new MetricHistory(settings(spec), random);
      try (Tsdb database = Tsdb.inMemory(settings(spec), threads)) {
        history.put(database, 2500);
        history.checkSearches(database, 1);
        history.change(database);
        history.checkSearches(database, 1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void areStoredInADirectory(MetricSpec spec, @TempDir Path directory) {
    new MetricHistory(settings(spec), random)
        .storesChangesAndRestores(directory, directory.resolve("db").toString());
  }

  @ParameterizedTest
  @MethodSource("specs")
  void areStoredInPostgres(MetricSpec spec, @TempDir Path directory) throws Exception {
    PostgresServer server = PostgresServer.shared();
    new MetricHistory(settings(spec), random)
        .storesChangesAndRestores(directory, server.url(server.createDatabase()));
  }

  @Test
  void aDistanceThatIsNoMetricHasNoVantagePoints() {
    MetricSpec dtw = new MetricSpec("dtw", Map.of());
    MetricHistory history = new MetricHistory(settings(dtw), random);
    try (Tsdb database = Tsdb.inMemory(settings(dtw), 1)) {
      history.put(database, 10);
      assertEquals(List.of(), database.stats().vantagePoints());
      assertEquals(
          "vantage points must have a distance that obeys the triangle inequality: distance=dtw",
          assertThrows(UnsupportedRequestException.class, () -> database.addVantagePoint("s1"))
              .getMessage());
    }
  }
}
