package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.OpenOptions.Spectra;
import dev.vantage.tsdb.engine.ScanModel;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every search gives the answer of a full scan, after any history of a database. The seed in the
 * name of a test is the printed seed plus the number of tests before it.
 */
@Tag("long")
class ExactSearchTest {
  @TempDir Path directory;

  static Stream<Arguments> collections() {
    List<Arguments> cases = new ArrayList<>();
    long seed = Seeds.seed("any history");
    for (int size : new int[] {0, 1, 2, 19, 20, 21, 500}) {
      for (double multiplier : new double[] {0.5, 1, 10, 100}) {
        int length = 8 << Math.floorMod(seed, 8);
        addBoth(cases, size, length, multiplier, seed++);
      }
    }
    for (int length : new int[] {8, 16, 64, 256, 1024}) {
      addBoth(cases, 200, length, 1, seed++);
      addBoth(cases, 200, length, 10, seed++);
    }
    return cases.stream();
  }

  private static void addBoth(
      List<Arguments> cases, int size, int length, double multiplier, long seed) {
    cases.add(Arguments.of(size, length, multiplier, Spectra.MEMORY, seed));
    cases.add(Arguments.of(size, length, multiplier, Spectra.DISK, seed));
  }

  @ParameterizedTest(name = "{0} series of length {1}, multiplier {2}, in {3}, seed {4}")
  @MethodSource("collections")
  void equalsTheScanThroughAnyHistory(
      int size, int length, double multiplier, Spectra spectra, long seed) {
    Random random = new Random(seed);
    RandomSeries series = new RandomSeries(seed, length);
    Settings settings =
        Settings.DEFAULT.withLength(length).withMultiplier(multiplier).withSeed(seed);
    ScanModel model = new ScanModel(settings);
    OpenOptions options = OpenOptions.DEFAULT.withThreads(2).withSpectra(spectra);
    try (Tsdb database = Tsdb.open(directory, options.withSettings(settings))) {
      insertInBatches(database, model, series, size, random);
      checkSearches(database, model, series, random, "filled");
      mutate(database, model, series, size / 4, random);
      checkSearches(database, model, series, random, "changed");
    }
    try (Tsdb database = Tsdb.open(directory, options)) {
      checkSearches(database, model, series, random, "reopened");
      mutate(database, model, series, 10, random);
      checkSearches(database, model, series, random, "changed again");
    }
    try (EmbeddedTsdb database =
        Tsdb.open(directory, options.withAccess(OpenOptions.Access.READ_ONLY))) {
      checkSearches(database, model, series, random, "read-only");
      VerifyReport report = database.verify(Progress.NONE);
      assertEquals(List.of(), report.problems());
      assertEquals(model.size(), report.checked().series());
    }
  }

  private static void insertInBatches(
      Tsdb database, ScanModel model, RandomSeries series, int size, Random random) {
    for (int next = 0; next < size; ) {
      int batch = Math.min(size - next, random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(120));
      List<SeriesEntry> entries = new ArrayList<>();
      for (int i = 0; i < batch; i++) {
        entries.add(new SeriesEntry("s" + (next + i), series.next()));
      }
      database
          .insertAll(entries)
          .forEach(outcome -> assertTrue(outcome.created(), outcome.toString()));
      entries.forEach(entry -> model.put(entry.id(), entry.series()));
      next += batch;
    }
  }

  private static void mutate(
      Tsdb database, ScanModel model, RandomSeries series, int operations, Random random) {
    int vantagePointsAdded = 0;
    for (int i = 0; i < operations; i++) {
      String known = model.size() == 0 ? "first" : model.anyId(random);
      switch (random.nextInt(4)) {
        case 0 -> {
          TimeSeries added = series.next();
          String id = "new-" + random.nextInt(1 << 30);
          database.insert(id, added);
          model.put(id, added);
        }
        case 1 -> {
          TimeSeries replacement = series.next();
          boolean created = database.put(new SeriesEntry(known, replacement));
          assertEquals(!model.contains(known), created);
          model.put(known, replacement);
        }
        case 2 -> {
          boolean stays = !model.contains(known) || isVantagePoint(database, known);
          if (!stays) {
            database.delete(known);
            model.remove(known);
          }
        }
        default -> {
          boolean may = model.contains(known) && !isVantagePoint(database, known);
          if (may && vantagePointsAdded++ < 2) {
            database.addVantagePoint(known);
          }
        }
      }
    }
  }

  private static boolean isVantagePoint(Tsdb database, String id) {
    return database.stats().vantagePoints().contains(id);
  }

  private static void checkSearches(
      Tsdb database, ScanModel model, RandomSeries series, Random random, String when) {
    assertEquals(model.ids(), database.ids(IdQuery.first(Integer.MAX_VALUE)), when);
    assertEquals(Math.min(20, model.size()), Math.min(20, database.stats().vantagePoints().size()));
    for (int round = 0; round < 8; round++) {
      TimeSeries uploaded = series.next();
      for (Query query : queries(random)) {
        check(model.similar(uploaded, query), database.search(query.about(uploaded)), when);
        if (model.size() > 0) {
          String id = model.anyId(random);
          check(model.similar(id, query), database.search(query.about(id)), when + ", id=" + id);
        }
      }
    }
  }

  private static List<Query> queries(Random random) {
    double radius = Math.pow(10, -3 * random.nextDouble());
    int k = 1 + random.nextInt(12);
    return List.of(
        Query.like("any").nearest(k),
        Query.like("any").nearest(k).includingSelf(),
        Query.like("any").within(radius),
        Query.like("any").within(0),
        Query.like("any").within(radius).nearest(k));
  }

  private static void check(List<Neighbor> expected, SearchResult actual, String when) {
    assertEquals(expected, actual.neighbors(), when + " " + actual.report());
    SearchReport report = actual.report();
    assertEquals(
        report.candidates(), report.exactDistances() + report.totalPruned(), report.toString());
    assertTrue(report.exact() && report.unexamined() == 0, report.toString());
    assertTrue(report.exactDistances() >= actual.neighbors().size() - 1, report.toString());
  }

  @Test
  void largeIndexWalksAnnuliAndAgrees() {
    long seed = Seeds.seed("large index");
    Random random = new Random(seed);
    RandomSeries series = new RandomSeries(seed, 64);
    Settings settings = Settings.DEFAULT.withLength(64).withSeed(seed);
    ScanModel model = new ScanModel(settings);
    try (Tsdb one = Tsdb.inMemory(settings, 1);
        Tsdb four = Tsdb.inMemory(settings, 4)) {
      List<SeriesEntry> entries = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        entries.add(new SeriesEntry("s" + i, series.next()));
      }
      insert(entries, one);
      insert(entries, four);
      entries.forEach(entry -> model.put(entry.id(), entry.series()));
      int walks = 0;
      for (int round = 0; round < 40; round++) {
        String id = "s" + random.nextInt(entries.size());
        for (Query query :
            List.of(
                Query.like("any").nearest(10),
                Query.like("any").nearest(300),
                Query.like("any").within(1e-3),
                Query.like("any").within(0.3))) {
          List<Neighbor> expected = model.similar(id, query);
          SearchResult alone = one.search(query.about(id));
          assertEquals(expected, alone.neighbors(), "id=" + id + " " + query);
          assertEquals(
              expected, four.search(query.about(id)).neighbors(), "id=" + id + " " + query);
          walks += alone.report().plan() == SearchReport.Plan.ANNULUS_WALK ? 1 : 0;
        }
      }
      assertTrue(walks > 0, "no search walked an annulus");
    }
  }

  /** The last ones come a few at a time, and lie in no order then: worth a walk at times. */
  private static void insert(List<SeriesEntry> entries, Tsdb tsdb) {
    tsdb.insertAll(entries.subList(0, 14_000));
    for (int from = 14_000; from < entries.size(); from += 200) {
      tsdb.insertAll(entries.subList(from, from + 200));
    }
  }
}
