package dev.vantage.tsdb.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.client.RawClient;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches at half load stay quick while programs keep all of their workers busy. Both figures come
 * from one run, in turn, since machines are not always as quick.
 */
@Tag("soak")
class ProgramsSoakTest {
  private static final int SERIES = Integer.getInteger("tsdb.soak.series", 20_000);
  private static final int CONNECTIONS = 8;
  private static final int EVAL_WORKERS = 1;
  private static final Duration WARM_UP = Duration.ofSeconds(15);
  private static final Duration STEP = Duration.ofSeconds(8);
  private static final int ROUNDS = 3;
  private static final double MOST_TIMES = 3;
  private static final String PROGRAM =
      "{\"op\":\"eval\",\"program\":\"(define (f n) (f (+ n 1))) (f 0)\"}";

  @TempDir private Path directory;

  private final Random random = Seeds.random("searchesStayQuickBesidePrograms");

  @Test
  void searchesStayQuickBesidePrograms() throws Exception {
    Path database = directory.resolve("db");
    SoakData.make(database, Settings.DEFAULT.withLength(512).withMultiplier(10), SERIES, random);
    List<byte[]> searches = SoakData.searches(SERIES, 20_000, random);
    List<Double> times = new ArrayList<>();
    try (SoakServer server =
        SoakServer.start(
            SoakServer.chosenJava(),
            database,
            "--cache-mb",
            "0",
            "--eval-workers",
            "" + EVAL_WORKERS)) {
      peak(server, searches, WARM_UP);
      double half = peak(server, searches, STEP) / 2;
      for (int round = 0; round < ROUNDS; round++) {
        double alone = p99(server, searches, half);
        double beside;
        try (Programs programs = new Programs(server.port())) {
          beside = p99(server, searches, half);
          assertTrue(programs.ran() > 0, "programs must run");
        }
        times.add(beside / alone);
        System.out.printf(
            Locale.ROOT,
            "half load=%.0f/s, p99 alone=%.2f ms, beside programs=%.2f ms%n",
            half,
            alone,
            beside);
      }
    }
    Collections.sort(times);
    System.out.println("times the p99: " + times);
    assertTrue(times.get(ROUNDS / 2) <= MOST_TIMES, times::toString);
  }

  private double peak(SoakServer server, List<byte[]> searches, Duration time) throws IOException {
    try (Load load = new Load(server.port(), CONNECTIONS, searches, random)) {
      return load.closed(time).perSecond();
    }
  }

  private double p99(SoakServer server, List<byte[]> searches, double perSecond)
      throws IOException {
    try (Load load = new Load(server.port(), CONNECTIONS, searches, random)) {
      Load.Outcome outcome = load.open(perSecond, STEP);
      assertEquals(0, outcome.others, outcome::toString);
      return outcome.answered.quantile(0.99);
    }
  }

  /** Clients that send programs which run to the limit of their steps, again and again. */
  private static final class Programs implements AutoCloseable {
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong ran = new AtomicLong();

    Programs(int port) {
      for (int i = 0; i < EVAL_WORKERS; i++) {
        Thread thread = new Thread(() -> run(port));
        threads.add(thread);
        thread.start();
      }
    }

    private void run(int port) {
      try (RawClient client = new RawClient(port)) {
        while (!stopped.get()) {
          assertEquals(5, client.answer(PROGRAM).path("status").asInt());
          ran.incrementAndGet();
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    long ran() {
      return ran.get();
    }

    @Override
    public void close() {
      stopped.set(true);
      for (Thread thread : threads) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
