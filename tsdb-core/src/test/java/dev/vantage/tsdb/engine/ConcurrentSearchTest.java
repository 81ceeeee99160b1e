package dev.vantage.tsdb.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.Neighbor;
import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.OpenOptions.Spectra;
import dev.vantage.tsdb.Progress;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.RandomSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Searches concurrent with writers. Some series never change, and every answer must have the right
 * ones of them. Others are replaced repeatedly, and must be found in one of their versions. Others
 * are inserted and deleted.
 */
class ConcurrentSearchTest {
  private static final int LENGTH = 32;
  private static final int REPLACED = 60;
  private static final int SEARCHERS = 3;

  private final long seed = Seeds.seed("concurrent searches");
  private final Settings settings = Settings.DEFAULT.withLength(LENGTH).withVantagePoints(8);

  @TempDir private Path directory;

  @ParameterizedTest(name = "{0} series, {1} operations of each thread")
  @CsvSource({"300, 250", "5000, 120"})
  void noAnswerMissesWhatIsThereAllTheTime(int size, int operations) throws Exception {
    try (EmbeddedTsdb database = Tsdb.inMemory(settings, 2)) {
      searchBesideWriters(database, database, size, operations);
    }
  }

  @ParameterizedTest(name = "{0} series, {1} operations of each thread, spectra in {2}")
  @CsvSource({"300, 40, DISK", "300, 40, MEMORY", "2500, 20, DISK"})
  void noAnswerMissesWhatIsOnTheDisk(int size, int operations, Spectra spectra) throws Exception {
    OpenOptions options = OpenOptions.DEFAULT.withThreads(2).withSpectra(spectra);
    try (EmbeddedTsdb database = Tsdb.open(directory, options.withSettings(settings))) {
      searchBesideWriters(database, database, size, operations);
    }
  }

  /** The reader acts like another process: it shares only the file. */
  @ParameterizedTest(name = "{0} series, {1} operations of each thread, spectra in {2}")
  @CsvSource({"300, 40, DISK", "300, 40, MEMORY"})
  void noReaderMissesWhatAnotherProcessLeaves(int size, int operations, Spectra spectra)
      throws Exception {
    OpenOptions options = OpenOptions.DEFAULT.withThreads(2).withSpectra(spectra);
    try (EmbeddedTsdb writer = Tsdb.open(directory, options.withSettings(settings));
        EmbeddedTsdb reader =
            Tsdb.open(directory, options.withAccess(OpenOptions.Access.READ_ONLY))) {
      searchBesideWriters(writer, reader, size, operations);
    }
  }

  private void searchBesideWriters(
      EmbeddedTsdb database, EmbeddedTsdb searched, int size, int operations) throws Exception {
    RandomSeries series = new RandomSeries(seed, LENGTH);
    ScanModel untouched = new ScanModel(settings);
    ScanModel firstVersions = new ScanModel(settings);
    ScanModel secondVersions = new ScanModel(settings);
    Map<String, List<TimeSeries>> versions = new HashMap<>();
    List<SeriesEntry> entries = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      SeriesEntry entry = new SeriesEntry("core-" + i, series.next());
      entries.add(entry);
      untouched.put(entry.id(), entry.series());
    }
    for (int i = 0; i < REPLACED; i++) {
      String id = "replaced-" + i;
      versions.put(id, List.of(series.next(), series.next()));
      firstVersions.put(id, versions.get(id).get(0));
      secondVersions.put(id, versions.get(id).get(1));
    }
    database.insertAll(entries);
    versions.forEach((id, pair) -> database.insert(id, pair.get(0)));
    searched.refresh();
    List<Callable<Integer>> threads = new ArrayList<>();
    threads.add(() -> replace(database, versions, operations));
    threads.add(() -> comeAndGo(database, operations));
    threads.add(() -> addVantagePoints(database, operations / 10));
    for (int s = 0; s < SEARCHERS; s++) {
      long own = seed + s;
      threads.add(
          () ->
              new Searcher(searched, own, untouched, firstVersions, secondVersions)
                  .run(operations / 2));
    }
    runTogether(threads);
    assertEquals(List.of(), database.verify(Progress.NONE).problems());
    versions.forEach((id, pair) -> untouched.put(id, database.get(id).series()));
    assertEquals(untouched.ids(), database.ids(IdQuery.first(Integer.MAX_VALUE)));
    TimeSeries query = series.next();
    searched.refresh();
    assertEquals(
        untouched.similar(query, Query.like("any").nearest(50)),
        searched.search(Query.like(query).nearest(50)).neighbors());
  }

  private static void runTogether(List<Callable<Integer>> threads) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads.size());
    try {
      CyclicBarrier start = new CyclicBarrier(threads.size());
      List<Future<Integer>> futures = new ArrayList<>();
      for (Callable<Integer> thread : threads) {
        futures.add(
            pool.submit(
                () -> {
                  start.await(60, TimeUnit.SECONDS);
                  return thread.call();
                }));
      }
      for (Future<Integer> future : futures) {
        assertTrue(future.get(120, TimeUnit.SECONDS) > 0);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private int replace(Tsdb database, Map<String, List<TimeSeries>> versions, int operations) {
    Random random = new Random(seed);
    for (int i = 0; i < operations; i++) {
      String id = "replaced-" + random.nextInt(REPLACED);
      SeriesEntry entry = new SeriesEntry(id, versions.get(id).get(random.nextInt(2)));
      assertTrue(!database.put(entry), "an id that is replaced is never new");
    }
    return operations;
  }

  /** Inserts and deletes in batches that are large enough to cause packing of tables. */
  private int comeAndGo(Tsdb database, int operations) {
    RandomSeries series = new RandomSeries(seed + 1, LENGTH);
    for (int i = 0; i < operations; i++) {
      List<SeriesEntry> batch = new ArrayList<>();
      for (int j = 0; j < 40; j++) {
        batch.add(new SeriesEntry("guest-" + i + "-" + j, series.next()));
      }
      database
          .insertAll(batch)
          .forEach(outcome -> assertTrue(outcome.created(), outcome.toString()));
      batch.forEach(guest -> database.delete(guest.id()));
    }
    return operations;
  }

  private int addVantagePoints(Tsdb database, int operations) {
    for (int i = 0; i < operations; i++) {
      String id = (i % 2 == 0 ? "core-" : "replaced-") + i;
      if (!database.stats().vantagePoints().contains(id)) {
        database.addVantagePoint(id);
      }
    }
    return operations;
  }

  private static final class Searcher {
    private final Tsdb database;
    private final Random random;
    private final RandomSeries series;
    private final ScanModel untouched;
    private final List<ScanModel> versions;

    Searcher(Tsdb database, long seed, ScanModel untouched, ScanModel first, ScanModel second) {
      this.database = database;
      this.random = new Random(seed);
      this.series = new RandomSeries(seed + 100, LENGTH);
      this.untouched = untouched;
      versions = List.of(first, second);
    }

    int run(int operations) {
      for (int i = 0; i < operations; i++) {
        TimeSeries query = series.next();
        if (i % 3 == 0) {
          checkNearest(query);
        } else {
          checkWithin(query);
        }
        checkById("core-" + random.nextInt(untouched.size()));
      }
      return operations;
    }

    private void checkWithin(TimeSeries series) {
      Query query = Query.like("any").within(random.nextBoolean() ? 2 : 0.6 * random.nextDouble());
      List<Neighbor> found = database.search(query.about(series)).neighbors();
      Set<Neighbor> all = new HashSet<>(found);
      assertEquals(found.size(), found.stream().map(Neighbor::id).distinct().count(), "ids differ");
      for (Neighbor expected : untouched.similar(series, query)) {
        assertTrue(all.contains(expected), () -> "missed " + expected);
      }
      List<Set<Neighbor>> possible =
          versions.stream().map(model -> Set.copyOf(model.similar(series, query))).toList();
      Set<String> certain = ids(possible.get(0));
      certain.retainAll(ids(possible.get(1)));
      Set<String> ids = ids(all);
      certain.forEach(id -> assertTrue(ids.contains(id), () -> "missed " + id));
      all.stream()
          .filter(neighbor -> neighbor.id().startsWith("replaced"))
          .forEach(
              neighbor ->
                  assertTrue(
                      possible.get(0).contains(neighbor) || possible.get(1).contains(neighbor),
                      () -> "neither version: " + neighbor));
    }

    /** Series that come only push others out from behind: the nearest of the core stay first. */
    private void checkNearest(TimeSeries series) {
      int k = 1 + random.nextInt(30);
      List<Neighbor> found = database.search(Query.like(series).nearest(k)).neighbors();
      assertEquals(k, found.size());
      double last = found.get(k - 1).distance();
      List<Neighbor> core =
          found.stream().filter(neighbor -> neighbor.id().startsWith("core")).toList();
      List<Neighbor> expected = untouched.similar(series, Query.like("any").nearest(k));
      assertEquals(expected.subList(0, core.size()), core);
      assertTrue(
          core.size() == expected.size() || expected.get(core.size()).distance() >= last,
          "a nearer one was left out");
    }

    private void checkById(String id) {
      Query query = Query.like("any").within(0.3).includingSelf();
      Set<Neighbor> found = Set.copyOf(database.search(query.about(id)).neighbors());
      untouched
          .similar(id, query)
          .forEach(expected -> assertTrue(found.contains(expected), () -> "missed " + expected));
    }

    private static Set<String> ids(Set<Neighbor> neighbors) {
      return neighbors.stream().map(Neighbor::id).collect(Collectors.toSet());
    }
  }
}
