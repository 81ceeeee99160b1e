package dev.vantage.tsdb.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.client.ClientOptions;
import dev.vantage.tsdb.client.TsdbClient;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.testkit.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients read and write for a while, and check every answer. */
class ModelSoakTest {
  private static final Settings SETTINGS = Settings.DEFAULT.withLength(128);
  private static final double MOST_GROWTH = 1.05;

  /** Twice the size for live series alone, plus blocks that are not full. */
  private static final double MOST_INDEX_GROWTH = 2.2;

  /** Nothing is compiled at first, and all clients come at once. */
  private static final Duration WARM_UP = Duration.ofSeconds(20);

  private static final int STEPS_BETWEEN = 200;
  private static final int MOST_ADDED = 5;

  @TempDir private Path directory;

  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final CountDownLatch failed = new CountDownLatch(1);
  private volatile boolean ended;

  @Test
  void everyAnswerIsRightForAFewSeconds() throws Exception {
    run(12, 240, Duration.ofSeconds(4), Duration.ofSeconds(2));
  }

  @Test
  @Tag("soak")
  void everyAnswerIsRightAndNothingGrows() throws Exception {
    Duration time = Duration.ofSeconds(Integer.getInteger("tsdb.soak.seconds", 300));
    run(200, 20_000, time, Duration.ofMinutes(1));
  }

  private void run(int count, int series, Duration time, Duration each) throws Exception {
    Random random = Seeds.random("ModelSoakTest");
    Path database = directory.resolve("db");
    Versions versions = new Versions();
    List<TsdbClient> connections = new ArrayList<>();
    List<CheckedClient> clients = new ArrayList<>();
    SoakServer server = null;
    try {
      // Clients are made before the server has their series, which its process then opens.
      List<ClientTsdb> doors = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ClientTsdb door = new ClientTsdb();
        doors.add(door);
        clients.add(
            new CheckedClient(
                i, door.tsdb(), versions, SETTINGS, series / count, random.nextLong()));
      }
      fill(database, clients);
      server = SoakServer.start(SoakServer.chosenJava(), database);
      for (ClientTsdb door : doors) {
        TsdbClient client =
            TsdbClient.connect(server.address(), ClientOptions.DEFAULT.withMaxConnections(1));
        connections.add(client);
        door.connect(client);
      }
      soak(server, clients, time, each);
      print(clients);
      try (TsdbClient reader = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
        checkAll(clients, reader);
      }
      server.kill();
      server = SoakServer.start(SoakServer.chosenJava(), database);
      try (TsdbClient reader = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
        checkAll(clients, reader);
      }
    } finally {
      connections.forEach(TsdbClient::close);
      if (server != null) {
        server.close();
      }
    }
  }

  private static void fill(Path database, List<CheckedClient> clients) {
    OpenOptions options =
        OpenOptions.DEFAULT.withAccess(OpenOptions.Access.CREATE).withSettings(SETTINGS);
    try (Tsdb tsdb = Tsdb.open(database, options)) {
      List<SeriesEntry> all = new ArrayList<>();
      clients.forEach(client -> all.addAll(client.begin()));
      tsdb.insertAll(all).forEach(outcome -> assertTrue(outcome.failure().isEmpty()));
    }
  }

  private void soak(SoakServer server, List<CheckedClient> clients, Duration time, Duration each)
      throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (CheckedClient client : clients) {
      boolean isFirst = threads.isEmpty();
      Thread thread = new Thread(() -> steps(client, isFirst), "soak-client");
      thread.start();
      threads.add(thread);
    }
    List<Sample> samples = new ArrayList<>();
    long begun = System.nanoTime();
    try (TsdbClient watcher = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
      for (int i = 1; each.multipliedBy(i).compareTo(time) <= 0; i++) {
        long left = begun + each.multipliedBy(i).toNanos() - System.nanoTime();
        if (failed.await(left, TimeUnit.NANOSECONDS)) {
          break;
        }
        samples.add(sample(server, watcher));
        System.out.println(
            "after " + each.multipliedBy(i) + ": " + samples.get(samples.size() - 1));
      }
    } finally {
      ended = true;
      for (Thread thread : threads) {
        thread.join();
      }
    }
    if (failure.get() != null) {
      throw new AssertionError("a client failed: " + failure.get(), failure.get());
    }
    checkFlat(samples);
  }

  private static Sample sample(SoakServer server, Tsdb watcher) throws Exception {
    while (true) {
      long before = watcher.stats().memory().indexBytes();
      SoakServer.Held held = server.held();
      long after = watcher.stats().memory().indexBytes();
      if (before <= after) { // else the index was packed between these looks
        return new Sample(held, after);
      }
    }
  }

  private void steps(CheckedClient client, boolean addsVantagePoints) {
    try {
      long warm = System.nanoTime() + WARM_UP.toNanos();
      for (int step = 0; !ended; step++) {
        boolean wasCold = System.nanoTime() < warm;
        client.step();
        if (wasCold && System.nanoTime() >= warm) {
          client.forgetTimes();
        }
        if (addsVantagePoints && step % STEPS_BETWEEN == 0 && step < MOST_ADDED * STEPS_BETWEEN) {
          client.addVantagePoint();
        }
      }
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
      failed.countDown();
      ended = true;
    }
  }

  /**
   * What a server holds, and how much of its heap is the index by its own account. That grows with
   * every change until half of it is of series that are gone, and is packed then.
   */
  private record Sample(SoakServer.Held held, long indexBytes) {
    double growth(Sample first) {
      return (double) (beside() - first.beside()) / first.held.heapBytes();
    }

    private long beside() {
      return held.heapBytes() - indexBytes;
    }
  }

  private static void checkFlat(List<Sample> samples) {
    Sample first = samples.get(0);
    Sample last = samples.get(samples.size() - 1);
    System.out.printf(
        Locale.ROOT,
        "heap beside the index: %+.1f %% of all, index: %+.1f %%, threads: %+d, files: %+d%n",
        100 * last.growth(first),
        100.0 * (last.indexBytes - first.indexBytes) / first.indexBytes,
        last.held.threads() - first.held.threads(),
        last.held.files() - first.held.files());
    if (samples.size() > 2) {
      assertTrue(last.growth(first) <= MOST_GROWTH - 1, samples::toString);
      assertTrue(last.indexBytes <= MOST_INDEX_GROWTH * first.indexBytes, samples::toString);
      assertTrue(last.held.threads() <= MOST_GROWTH * first.held.threads(), samples::toString);
      assertTrue(last.held.files() <= MOST_GROWTH * first.held.files(), samples::toString);
    }
  }

  private static void checkAll(List<CheckedClient> clients, Tsdb reader) {
    int series = 0;
    for (CheckedClient client : clients) {
      client.checkAll(reader);
      series += client.ids().size();
    }
    assertEquals(series, reader.stats().series());
  }

  private static void print(List<CheckedClient> clients) {
    Map<String, Histogram> all = new TreeMap<>();
    long unavailable = 0;
    for (CheckedClient client : clients) {
      client
          .times()
          .forEach((what, times) -> all.computeIfAbsent(what, any -> new Histogram()).add(times));
      unavailable += client.unavailable();
    }
    all.forEach((what, times) -> System.out.println(what + ": " + times));
    System.out.println(
        "answers="
            + all.values().stream().mapToLong(Histogram::count).sum()
            + ", unavailable="
            + unavailable);
  }
}
