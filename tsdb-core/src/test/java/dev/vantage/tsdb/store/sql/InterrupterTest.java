package dev.vantage.tsdb.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.store.Change;
import dev.vantage.tsdb.store.IndexedSeries;
import dev.vantage.tsdb.store.Store;
import dev.vantage.tsdb.store.StoreException;
import dev.vantage.tsdb.store.TimeLimit;
import dev.vantage.tsdb.store.postgres.PostgresStore;
import dev.vantage.tsdb.store.sqlite.SqliteStore;
import dev.vantage.tsdb.testkit.PostgresServer;
import dev.vantage.tsdb.testkit.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work ends at its time limit, and the next user of the connection is not interrupted. */
class InterrupterTest {
  private static final int SERIES = 3000;
  private static final int THREADS = 4;
  private static final int ROUNDS = 20;

  @TempDir Path directory;

  @Test
  void sqliteEndsWhatTakesTooLongAndNothingElse() throws Exception {
    Random random = Seeds.random("sqliteInterrupted");
    try (Store store = SqliteStore.openToWrite(directory.resolve("db"), new TreeMap<>())) {
      check(store, random);
    }
  }

  @Test
  void postgresEndsWhatTakesTooLongAndNothingElse() throws Exception {
    Random random = Seeds.random("postgresInterrupted");
    PostgresServer server = PostgresServer.shared();
    try (Store store =
        PostgresStore.openToWrite(server.url(server.createDatabase()), new TreeMap<>())) {
      check(store, random);
    }
  }

  private static void check(Store store, Random random) throws Exception {
    store.apply(
        new Change(
            List.of(),
            new TreeMap<>(),
            series(),
            Optional.of(Instant.EPOCH),
            List.of(),
            Optional.empty(),
            List.of()));
    Filter slow =
        filter(
            IntStream.range(0, 1500)
                .mapToObj(i -> "std > " + (SERIES + i))
                .collect(Collectors.joining(" or ")));
    Filter quick = filter("length = 2");
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<Integer>> all = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      Random own = new Random(random.nextLong());
      all.add(threads.submit(() -> interrupted(store, slow, quick, own)));
    }
    int interrupted = 0;
    for (Future<Integer> one : all) {
      interrupted += one.get();
    }
    threads.shutdown();
    assertTrue(interrupted > ROUNDS, "interrupted=" + interrupted);
    assertEquals(SERIES, store.ids(Optional.empty(), "", Integer.MAX_VALUE).size());
  }

  /**
   * Returns how often a slow listing was interrupted; after each, a quick listing must be complete.
   */
  private static int interrupted(Store store, Filter slow, Filter quick, Random random) {
    int interrupted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      try {
        TimeLimit limit =
            TimeLimit.after(Duration.ofNanos(random.nextInt(20_000_000)), System::nanoTime);
        store.within(limit).ids(Optional.of(slow), "", 10);
      } catch (StoreException e) {
        assertEquals(StoreException.Kind.INTERRUPTED, e.kind(), e.getMessage());
        interrupted++;
      }
      assertTrue(!Thread.currentThread().isInterrupted(), "thread must not stay interrupted");
      assertEquals(50, store.ids(Optional.of(quick), "", 50).size());
      assertEquals("s7", store.within(TimeLimit.NONE).get("s7").orElseThrow().id());
    }
    return interrupted;
  }

  private static Filter filter(String condition) {
    return Condition.parse(condition).bind(AttributeTypes.noneDeclared());
  }

  private static List<IndexedSeries> series() {
    List<IndexedSeries> series = new ArrayList<>();
    for (int i = 0; i < SERIES; i++) {
      SeriesEntry entry =
          new SeriesEntry("s" + i, TimeSeries.ofValues(i, i + 1), Attributes.none());
      series.add(new IndexedSeries(i + 1, entry, new double[0]));
    }
    return series;
  }
}
