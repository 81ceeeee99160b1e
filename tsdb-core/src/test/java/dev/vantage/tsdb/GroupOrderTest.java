package dev.vantage.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.engine.ScanModel;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many threads write to a few ids at once. The results and the stored data after each round must be
 * linearizable: equal to those of some order of the writes that respects real time.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupOrderTest {
  private static final Settings SETTINGS =
      Settings.DEFAULT.withLength(64).withMultiplier(10).withVantagePoints(3);
  private static final int THREADS = 12;
  private static final int IDS = 8;
  private static final int ROUNDS = 60;
  private static final int WRITES = 3;

  @TempDir private Path directory;

  private final Random random = Seeds.random("order of groups");

  private enum Kind {
    INSERT,
    PUT,
    DELETE
  }

  /** A write of one id, and its result; a value is the seed of a series. */
  private record Write(Kind kind, long seed, boolean effect, long begun, long ended) {
    /** Returns whether the result is right if a value was stored before. */
    boolean suits(Optional<Long> before) {
      return effect == (kind == Kind.DELETE ? before.isPresent() : before.isEmpty());
    }

    Optional<Long> after(Optional<Long> before) {
      return switch (kind) {
        case PUT -> Optional.of(seed);
        case INSERT -> effect ? Optional.of(seed) : before;
        case DELETE -> Optional.empty();
      };
    }
  }

  private static TimeSeries series(long seed) {
    return TimeSeries.ofValues(new Random(seed).doubles(40, -1, 1).toArray());
  }

  @Test
  void writesHaveAnOrder() throws Exception {
    OpenOptions options = OpenOptions.DEFAULT.withSettings(SETTINGS).withThreads(2);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    Map<String, Optional<Long>> stored = new TreeMap<>();
    long writes = 0;
    try (EmbeddedTsdb database = Tsdb.open(directory, options)) {
      long changes = database.changeCount().orElseThrow();
      for (int round = 0; round < ROUNDS; round++) {
        Map<String, List<Write>> all = writeTogether(database, threads);
        Map<String, Optional<Long>> after = stored(database);
        for (Map.Entry<String, List<Write>> one : all.entrySet()) {
          Optional<Long> before = stored.getOrDefault(one.getKey(), Optional.empty());
          Optional<Long> end = after.getOrDefault(one.getKey(), Optional.empty());
          assertTrue(
              hasOrder(before, new ArrayList<>(one.getValue()), end),
              () -> before + " -> " + one.getValue() + " -> " + end);
          writes += one.getValue().size();
        }
        stored = after;
      }
      long groups = database.changeCount().orElseThrow() - changes;
      System.out.println("writes=" + writes + ", groups=" + groups);
      assertEquals(List.of(), database.verify(Progress.NONE).problems());
      assertSearches(database, stored);
    } finally {
      threads.shutdownNow();
    }
    try (EmbeddedTsdb again = Tsdb.open(directory)) {
      assertEquals(stored, stored(again));
      assertSearches(again, stored);
    }
  }

  private static void assertSearches(Tsdb database, Map<String, Optional<Long>> stored) {
    ScanModel model = new ScanModel(SETTINGS);
    stored.forEach((id, seed) -> model.put(id, series(seed.orElseThrow())));
    Query query = Query.like("any").nearest(IDS);
    for (String id : model.ids()) {
      assertEquals(model.similar(id, query), database.search(query.about(id)).neighbors());
    }
  }

  private static Map<String, Optional<Long>> stored(Tsdb database) {
    Map<String, Optional<Long>> stored = new TreeMap<>();
    for (String id : database.ids(IdQuery.first(Integer.MAX_VALUE))) {
      SeriesEntry entry = database.get(id);
      long seed = Long.parseLong(entry.attributes().asMap().get("seed").toString());
      assertEquals(series(seed), entry.series(), "points and attributes are of one write");
      stored.put(id, Optional.of(seed));
    }
    return stored;
  }

  private Map<String, List<Write>> writeTogether(Tsdb database, ExecutorService threads)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Future<Map<String, List<Write>>>> running = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      Random own = new Random(random.nextLong());
      running.add(
          threads.submit(
              () -> {
                Map<String, List<Write>> done = new TreeMap<>();
                start.await(60, TimeUnit.SECONDS);
                for (int i = 0; i < WRITES; i++) {
                  String id = "s" + own.nextInt(IDS);
                  done.computeIfAbsent(id, any -> new ArrayList<>()).add(write(database, id, own));
                }
                return done;
              }));
    }
    Map<String, List<Write>> all = new TreeMap<>();
    for (Future<Map<String, List<Write>>> one : running) {
      one.get(120, TimeUnit.SECONDS)
          .forEach((id, writes) -> all.computeIfAbsent(id, a -> new ArrayList<>()).addAll(writes));
    }
    return all;
  }

  private static Write write(Tsdb database, String id, Random random) {
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    long seed = random.nextInt(1 << 30);
    SeriesEntry entry = new SeriesEntry(id, series(seed), Attributes.none().with("seed", seed));
    long begun = System.nanoTime();
    boolean effect = true;
    try {
      switch (kind) {
        case INSERT -> database.insert(entry);
        case PUT -> effect = database.put(entry);
        case DELETE -> database.delete(id);
      }
    } catch (IdTakenException | UnknownIdException e) {
      effect = false;
    }
    return new Write(kind, seed, effect, begun, System.nanoTime());
  }

  /** Returns whether some order of the writes leads from one value to another. */
  private static boolean hasOrder(Optional<Long> value, List<Write> writes, Optional<Long> end) {
    if (writes.isEmpty()) {
      return value.equals(end);
    }
    long firstEnd = writes.stream().mapToLong(Write::ended).min().orElseThrow();
    for (int i = 0; i < writes.size(); i++) {
      Write next = writes.get(i);
      if (next.begun() <= firstEnd && next.suits(value)) {
        List<Write> rest = new ArrayList<>(writes);
        rest.remove(i);
        if (hasOrder(next.after(value), rest, end)) {
          return true;
        }
      }
    }
    return false;
  }
}
