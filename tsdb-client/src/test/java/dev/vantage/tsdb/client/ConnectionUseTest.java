package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import dev.vantage.tsdb.testkit.RandomSeries;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The number of connections of a client, and that all are closed. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectionUseTest {
  private static final int THREADS = 16;
  private static final int CONNECTIONS = 4;
  private static final ClientOptions FEW = ClientOptions.DEFAULT.withMaxConnections(CONNECTIONS);

  /** The work of one of many threads. */
  private interface Work {
    void run(int thread) throws Exception;
  }

  private static void onManyThreads(Work work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> futures = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        futures.add(
            threads.submit(
                () -> {
                  work.run(thread);
                  return thread;
                }));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    } finally {
      threads.shutdownNow();
      assertTrue(threads.awaitTermination(60, TimeUnit.SECONDS));
    }
  }

  @Test
  void manyThreadsShareAClient(@TempDir Path directory) throws Exception {
    Settings settings = Settings.DEFAULT.withLength(32).withVantagePoints(2);
    Set<String> inserted = ConcurrentHashMap.newKeySet();
    try (ServerProcess server = ServerProcess.start(directory.resolve("db"), settings);
        TsdbClient client = TsdbClient.connect(server.address(), FEW)) {
      onManyThreads(
          thread -> {
            RandomSeries series = new RandomSeries(thread, 32);
            for (int i = 0; i < 20; i++) {
              SeriesEntry entry = new SeriesEntry("s-" + thread + "-" + i, series.next());
              client.insert(entry);
              inserted.add(entry.id());
              assertEquals(entry, client.get(entry.id()));
              Query query = Query.like("any").nearest(1).includingSelf();
              double distance =
                  client.search(query.about(entry.series())).neighbors().get(0).distance();
              assertEquals(0, distance, 1e-6);
            }
          });
      assertEquals(inserted, Set.copyOf(client.ids(IdQuery.first(1000))));
    }
  }

  @Test
  void connectionsAreAsManyAsAllowedAndEndWithTheClient() throws Exception {
    Set<String> before = threadNames();
    // Requests are answered four at a time, so fewer connections would never get an answer.
    CyclicBarrier fourTogether = new CyclicBarrier(CONNECTIONS);
    PlainServer.Behavior behavior = PlainServer.pongAfter(() -> await(fourTogether));
    try (PlainServer server = PlainServer.start(behavior)) {
      try (TsdbClient client = TsdbClient.connect(server.address(), FEW)) {
        onManyThreads(thread -> client.ping());
        assertEquals(CONNECTIONS, server.mostOpen());
        assertEquals(CONNECTIONS, server.accepted());
      }
      Waiting.until("every connection is closed", () -> server.open() == 0);
    }
    Waiting.until("no thread is left", () -> before.containsAll(threadNames()));
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("all must arrive", e);
    }
  }

  /** Returns the names of threads, without threads that Java starts for itself and keeps. */
  private static Set<String> threadNames() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> !name.matches("CompletableFutureDelayScheduler|.*CompilerThread.*"))
        .collect(Collectors.toSet());
  }

  @Test
  void aCallThatFindsNoFreeConnectionEndsInTime() throws Exception {
    CyclicBarrier arrived = new CyclicBarrier(2);
    CyclicBarrier released = new CyclicBarrier(2);
    PlainServer.Behavior behavior =
        PlainServer.pongAfter(
            () -> {
              await(arrived);
              await(released);
            });
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (PlainServer server = PlainServer.start(behavior);
        TsdbClient client =
            TsdbClient.connect(server.address(), ClientOptions.DEFAULT.withMaxConnections(1))) {
      Future<?> first = thread.submit(client::ping);
      await(arrived);
      DeadlineExceededException failure =
          assertThrows(
              DeadlineExceededException.class,
              () -> client.withTimeout(Duration.ofMillis(20)).stats());
      assertEquals("a connection must be free in time: connections=1", failure.getMessage());
      await(released);
      first.get();
      assertEquals(1, server.accepted());
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void aClosedClientIsUnavailable() throws IOException {
    TimeSeries series = TimeSeries.ofValues(1, 2, 3);
    try (PlainServer server = PlainServer.start(PlainServer.pongAfter(() -> {}))) {
      TsdbClient client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT);
      client.ping();
      client.close();
      client.close();
      assertThrows(UnavailableException.class, client::ping);
      assertThrows(UnavailableException.class, client::stats);
      assertThrows(UnavailableException.class, () -> client.insert("a", series));
      assertThrows(
          UnavailableException.class, () -> client.putAll(List.of(new SeriesEntry("a", series))));
      assertThrows(
          UnavailableException.class, () -> client.withTimeout(Duration.ofSeconds(1)).stats());
      Waiting.until("the connection is closed", () -> server.open() == 0);
      assertEquals(1, server.accepted());
    }
  }

  @Test
  void closingDuringACallLetsItEndAndLeavesNoConnection() throws Exception {
    CyclicBarrier arrived = new CyclicBarrier(2);
    CyclicBarrier released = new CyclicBarrier(2);
    PlainServer.Behavior behavior =
        PlainServer.pongAfter(
            () -> {
              await(arrived);
              await(released);
            });
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (PlainServer server = PlainServer.start(behavior)) {
      TsdbClient client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT);
      Future<?> call = thread.submit(client::ping);
      await(arrived);
      client.close();
      await(released);
      call.get();
      Waiting.until("the connection is closed", () -> server.open() == 0);
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void failedCallsLeaveNoConnection() throws IOException {
    PlainServer.Behavior hangUp = PlainServer::read;
    try (PlainServer server = PlainServer.start(hangUp);
        TsdbClient client = TsdbClient.connect(server.address(), ClientOptions.DEFAULT)) {
      for (int i = 0; i < 2 * ClientOptions.DEFAULT.maxConnections(); i++) {
        assertThrows(ConnectionException.class, client::stats);
      }
      Waiting.until("every connection is closed", () -> server.open() == 0);
    }
  }

  @Test
  void optionsAreChecked() {
    ClientOptions options = ClientOptions.DEFAULT;
    assertThrows(InvalidRequestException.class, () -> options.withConnectTimeout(Duration.ZERO));
    assertThrows(
        InvalidRequestException.class, () -> options.withRequestTimeout(Duration.ofMillis(-1)));
    InvalidRequestException failure =
        assertThrows(InvalidRequestException.class, () -> options.withMaxConnections(0));
    assertEquals("connections must be >= 1: connections=0", failure.getMessage());
  }
}
