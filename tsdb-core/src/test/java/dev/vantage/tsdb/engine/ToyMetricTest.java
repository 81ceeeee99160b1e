package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.SearchReport;
import dev.vantage.tsdb.SearchResult;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.StorageException;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.engine.embedded.EmbeddedDatabase;
import dev.vantage.tsdb.metric.MetricSpec;
import dev.vantage.tsdb.metric.toy.ToyEuclidean;
import dev.vantage.tsdb.metric.toy.ToyPower;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.PostgresServer;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
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
  private static final int AT_ONCE = 1000;

  @TempDir Path temporary;
  private final Random random = Seeds.random("toy metric");
  private final RandomSeries series = new RandomSeries(random.nextLong(), 32);
  private final ScanModel all = new ScanModel(SETTINGS);
  private final ScanModel even = new ScanModel(SETTINGS);
  private int made;

  /** Half of the series walk near a few paths, so that bounds rule series out. */
  private TimeSeries next() {
    if (random.nextBoolean()) {
      return series.next();
    }
    return near(random.nextInt(20));
  }

  private TimeSeries near(int path) {
    double[] samples = new Random(path).doubles(32, -1, 1).toArray();
    for (int t = 0; t < samples.length; t++) {
      samples[t] += 0.1 * random.nextGaussian();
    }
    return TimeSeries.ofValues(samples);
  }

  private void put(Tsdb database, int count) {
    for (int from = 0; from < count; from += AT_ONCE) {
      List<SeriesEntry> entries = new ArrayList<>();
      for (int i = from; i < Math.min(count, from + AT_ONCE); i++) {
        long number = made++;
        TimeSeries added = next();
        entries.add(new SeriesEntry("s" + number, added, Attributes.none().with("n", number % 2)));
        all.put("s" + number, added);
        if (number % 2 == 0) {
          even.put("s" + number, added);
        }
      }
      database.insertAll(entries);
    }
  }

  private void change(Tsdb database) {
    List<String> vantagePoints = database.stats().vantagePoints();
    for (int i = 0; i < 20; i++) {
      String id = all.anyId(random);
      if (!vantagePoints.contains(id)) {
        database.delete(id);
        all.remove(id);
        even.remove(id);
      }
    }
    put(database, 20);
  }

  private static void check(List<Neighbor> expected, SearchResult found) {
    assertEquals(expected, found.neighbors(), () -> found.report().toString());
    assertEquals(0, found.report().prunedBy(SearchReport.SIMPLEX));
  }

  private void checkSearches(Tsdb database, int rounds) {
    assertEquals(SETTINGS, database.stats().settings());
    assertEquals(ToyEuclidean.SPEC.name(), database.stats().settings().metric().name());
    for (int round = 0; round < rounds; round++) {
      double radius = 8 * random.nextDouble();
      List<TimeSeries> sought = List.of(next(), next(), next());
      List<String> ids = List.of(all.anyId(random), all.anyId(random), even.anyId(random));
      for (Query query :
          List.of(
              Query.like("any").nearest(1 + random.nextInt(20)),
              Query.like("any").within(radius),
              Query.like("any").within(radius).nearest(3).includingSelf())) {
        check(all.similar(sought.get(0), query), database.search(query.about(sought.get(0))));
        check(all.similar(ids.get(0), query), database.search(query.about(ids.get(0))));
        check(
            even.similar(sought.get(1), query),
            database.search(query.where("n = 0").about(sought.get(1))));
        check(
            even.similar(ids.get(2), query),
            database.search(query.where("n = 0").about(ids.get(2))));
        List<SearchResult> each = database.searchAll(sought.stream().map(query::about).toList());
        List<SearchResult> ofIds = database.searchAll(ids.stream().map(query::about).toList());
        for (int i = 0; i < ids.size(); i++) {
          check(all.similar(sought.get(i), query), each.get(i));
          check(all.similar(ids.get(i), query), ofIds.get(i));
        }
      }
    }
  }

  /** Enough series for boxes, trees and an order of blocks. */
  @ParameterizedTest(name = "{0} threads")
  @ValueSource(ints = {1, 4})
  void searchesFindWhatALoopFinds(int threads) {
    try (Tsdb database = Tsdb.inMemory(SETTINGS, threads)) {
      put(database, 6000);
      checkSearches(database, 5);
      // A series beside a path has near neighbors, so that the series of other paths are ruled out.
      SearchReport report = database.search(Query.like(near(0)).nearest(3)).report();
      assertTrue(report.prunedBy(SearchReport.TRIANGLE) > 0, report::toString);
      assertTrue(
          all.similar("s0", Query.like("any").nearest(6000)).get(4000).distance() > 2, "far apart");
      change(database);
      checkSearches(database, 2);
    }
  }

  @Test
  void isStoredInADirectory() {
    storesChangesAndRestores(temporary.resolve("db").toString());
  }

  @Test
  void isStoredInPostgres() throws SQLException {
    PostgresServer server = PostgresServer.shared();
    storesChangesAndRestores(server.url(server.createDatabase()));
  }

  private void storesChangesAndRestores(String location) {
    OpenOptions options = OpenOptions.DEFAULT.withSettings(SETTINGS).withThreads(2);
    try (EmbeddedTsdb database = EmbeddedDatabase.open(location, options, 1)) {
      put(database, 300);
    }
    OpenOptions readOnly = OpenOptions.DEFAULT.withAccess(OpenOptions.Access.READ_ONLY);
    try (EmbeddedTsdb database = EmbeddedDatabase.open(location, options, 1);
        EmbeddedTsdb reader = Tsdb.open(location, readOnly.withThreads(2))) {
      change(database);
      database.addVantagePoint(all.anyId(random));
      checkSearches(database, 1);
      reader.refresh();
      checkSearches(reader, 1);
      database.export(temporary.resolve("export"), Progress.NONE);
    }
    try (EmbeddedTsdb database = Tsdb.open(location)) {
      assertEquals(List.of(), database.verify(Progress.NONE).problems());
      assertTrue(
          database.verify(Progress.NONE).checked().checkpointed() > 0, "a checkpoint is verified");
      checkSearches(database, 1);
    }
    Path copy = temporary.resolve("copy");
    EmbeddedTsdb.restore(temporary.resolve("export"), copy);
    try (EmbeddedTsdb database = Tsdb.open(copy)) {
      checkSearches(database, 1);
    }
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
            + " distances are kernelised-cross-correlation, toy-euclidean, toy-power",
        "toy-power    | multiplier | 5   | parameter must belong to the distance:"
            + " parameter=multiplier, distance=toy-power; hint: its parameters are [power]",
        "toy-power    | power      | 2   | distance must obey the triangle inequality:"
            + " distance=toy-power",
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
            "database must use a metric that is known here: metric.name=later, known="
                + "kernelised-cross-correlation toy-euclidean toy-power; hint: "),
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
