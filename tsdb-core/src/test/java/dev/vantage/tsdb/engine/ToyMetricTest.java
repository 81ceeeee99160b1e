package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.StorageException;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.metric.toy.ToyEuclidean;
import dev.vantage.tsdb.metric.toy.ToyPower;
import dev.vantage.tsdb.testkit.PostgresServer;
import dev.vantage.tsdb.testkit.Seeds;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A distance of the tests in a database: searches find the same as a loop. */
class ToyMetricTest {
  private static final Settings SETTINGS =
      Settings.DEFAULT.withLength(32).withVantagePoints(5).withMetric(ToyEuclidean.SPEC);

  @TempDir Path temporary;
  private final Random random = Seeds.random("toy metric");
  private final MetricHistory history = new MetricHistory(SETTINGS, random);

  /** Enough series for boxes, trees and an order of blocks. */
  @ParameterizedTest(name = "{0} threads")
  @ValueSource(ints = {1, 4})
  void searchesFindWhatALoopFinds(int threads) {
    try (Tsdb database = Tsdb.inMemory(SETTINGS, threads)) {
      history.put(database, 6000);
      history.checkSearches(database, 5);
      // A series beside a path has near neighbors, so that the series of other paths are ruled out.
      SearchReport report = database.search(Query.like(history.near(0)).nearest(3)).report();
      assertTrue(report.prunedBy(SearchReport.TRIANGLE) > 0, report::toString);
      assertTrue(
          history.all().similar("s0", Query.like("any").nearest(6000)).get(4000).distance() > 2,
          "far apart");
      history.change(database);
      history.checkSearches(database, 2);
    }
  }

  @Test
  void isStoredInADirectory() {
    history.storesChangesAndRestores(temporary, temporary.resolve("db").toString());
  }

  @Test
  void isStoredInPostgres() throws SQLException {
    PostgresServer server = PostgresServer.shared();
    history.storesChangesAndRestores(temporary, server.url(server.createDatabase()));
  }

  @Test
  void parametersAreStoredInOneNotation() {
    Settings exact = SETTINGS.withMetric(ToyPower.SPEC);
    Settings loose = SETTINGS.withMetric(ToyPower.SPEC.with("power", " 1 "));
    Settings missing = SETTINGS.withMetric(new MetricSpec(ToyPower.SPEC.name(), Map.of()));
    Path directory = temporary.resolve("db");
    for (Settings settings : List.of(loose, missing, exact)) {
      try (Tsdb here = Tsdb.open(directory, OpenOptions.DEFAULT.withSettings(settings));
          Tsdb there = Tsdb.inMemory(settings)) {
        assertEquals(exact, here.stats().settings());
        assertEquals(exact, there.stats().settings());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "other        | power      | 1   | distance must be known: distance=other; hint: known"
            + " distances are dtw, erp, euclidean, kernelised-cross-correlation, msm,"
            + " phase-invariant, toy-euclidean, toy-power, twe",
        "msm          | cost       | 0   | cost must be > 0: cost=0",
        "msm          | cost       | x   | cost must be a number: cost=x",
        "twe          | stiffness  | 0   | stiffness must be > 0: stiffness=0",
        "twe          | penalty    | -1  | penalty must be >= 0: penalty=-1",
        "erp          | gap        | Infinity | gap must be finite: gap=Infinity",
        "dtw          | window     | 33  | window must be a whole number from 0 to 32: window=33",
        "dtw          | window     | 1.5 | window must be a whole number from 0 to 32: window=1.5",
        "euclidean    | standardise| x   | standardise must be z or none: standardise=x",
        "phase-invariant| reversal | 1   | reversal must be true or false: reversal=1",
        "toy-power    | multiplier | 5   | parameter must belong to the distance:"
            + " parameter=multiplier, distance=toy-power; hint: its parameters are [power]",
        "kernelised-cross-correlation| multiplier | 0 | multiplier must be > 0 and <= 300:"
            + " multiplier=0.0",
        "kernelised-cross-correlation| multiplier | NaN | multiplier must be > 0 and <= 300:"
            + " multiplier=NaN",
        "kernelised-cross-correlation| multiplier | many | multiplier must be a number:"
            + " multiplier=many"
      })
  void badDistancesAreRefusedBeforeAnythingIsMade(
      String name, String parameter, String value, String message) {
    Settings bad = SETTINGS.withMetric(new MetricSpec(name, Map.of(parameter, value)));
    Path directory = temporary.resolve("db");
    OpenOptions options = OpenOptions.DEFAULT.withSettings(bad);
    assertEquals(
        message,
        assertThrows(InvalidRequestException.class, () -> Tsdb.open(directory, options))
            .getMessage());
    assertFalse(directory.toFile().exists());
  }

  @Test
  void aStoredDistanceThatIsNotKnownIsRefusedByName() {
    SortedMap<String, String> stored = new TreeMap<>(SettingsCodec.properties(SETTINGS));
    stored.put("metric.name", "later");
    String message =
        assertThrows(StorageException.class, () -> SettingsCodec.read(stored)).getMessage();
    assertTrue(
        message.startsWith(
            "database must use a metric that is known here: metric.name=later, known=dtw erp euclidean"
                + " kernelised-cross-correlation msm phase-invariant toy-euclidean toy-power twe;"
                + " hint: "),
        message);
  }

  /** The stored properties of a database with the default distance do not change. */
  @Test
  void storedPropertiesOfTheDefaultDistanceStay() {
    assertEquals(
        "{metric.hilbertian=true, metric.metric=true, metric.name=kernelised-cross-correlation,"
            + " metric.parameter.length=1024, metric.parameter.multiplier=2.5,"
            + " resampling=periodic, seed=0, vantage_points=20}",
        SettingsCodec.properties(Settings.DEFAULT.withMultiplier(2.5)).toString());
  }
}
