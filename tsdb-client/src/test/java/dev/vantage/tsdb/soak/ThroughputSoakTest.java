package dev.vantage.tsdb.soak;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.OpenOptions;
import dev.vantage.tsdb.Query;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the socket costs: searches over it against searches without it, and pings. */
@Tag("soak")
class ThroughputSoakTest {
  private static final int SERIES = Integer.getInteger("tsdb.soak.series", 60_000);
  private static final int ROUNDS = 7;
  private static final int WARM_UP = 4; // compiling takes long where processors are few
  private static final Duration ROUND = Duration.ofSeconds(4);
  private static final int THREADS = Integer.getInteger("tsdb.soak.threads", 4);
  private static final double LEAST_SHARE = 0.8;
  private static final int PING_CONNECTIONS = 16;
  private static final int PIPELINED = 16;
  private static final double LEAST_PINGS = 60_000;

  @TempDir private Path directory;

  @Test
  void searchesOverTheSocketKeepUpWithTheLibrary() throws Exception {
    Random random = Seeds.random("searchesOverTheSocketKeepUpWithTheLibrary");
    Path database = directory.resolve("db");
    SoakData.make(database, Settings.DEFAULT.withLength(256), SERIES, random);
    OpenOptions beside = OpenOptions.DEFAULT.withAccess(OpenOptions.Access.READ_ONLY);
    List<Double> shares = new ArrayList<>();
    try (SoakServer server =
            SoakServer.start(SoakServer.chosenJava(), database, "--cache-mb", "0");
        Tsdb embedded = Tsdb.open(database, beside);
        Load load =
            new Load(server.port(), THREADS, SoakData.searches(SERIES, 20_000, random), random)) {
      for (int round = -WARM_UP; round < ROUNDS; round++) {
        double without = embedded(embedded, random.nextLong());
        Load.Outcome with = load.closed(ROUND);
        System.out.printf(
            Locale.ROOT,
            "with_id, %d threads: library=%.0f/s, socket=%.0f/s, share=%.3f%s, %s%n",
            THREADS,
            without,
            with.perSecond(),
            with.perSecond() / without,
            round < 0 ? " (warming up)" : "",
            with.answered);
        assertTrue(with.others == 0 && with.unanswered == 0, with::toString);
        if (round >= 0) {
          shares.add(with.perSecond() / without);
        }
      }
    }
    Collections.sort(shares);
    double median = shares.get(ROUNDS / 2);
    System.out.printf(Locale.ROOT, "with_id over the socket: share=%.3f%n", median);
    assertTrue(median >= LEAST_SHARE, "share of the library's throughput: " + shares);
  }

  /** Searches a second by threads in this process. */
  private static double embedded(Tsdb tsdb, long seed) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      long begin = System.nanoTime();
      List<Future<Long>> counts = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        Random random = new Random(seed + t);
        counts.add(
            threads.submit(
                (Callable<Long>)
                    () -> {
                      long count = 0;
                      while (System.nanoTime() - begin < ROUND.toNanos()) {
                        tsdb.search(
                            (Query.like("any").nearest(10)).about("s" + random.nextInt(SERIES)));
                        count++;
                      }
                      return count;
                    }));
      }
      long sum = 0;
      for (Future<Long> count : counts) {
        sum += count.get();
      }
      return sum * 1e9 / (System.nanoTime() - begin);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void pingsAreMany() throws Exception {
    Path database = directory.resolve("db");
    SoakData.make(database, Settings.DEFAULT.withLength(64), 100, new Random(1));
    double most = 0;
    try (SoakServer server =
        SoakServer.start(SoakServer.chosenJava(), database, "--cache-mb", "0")) {
      for (int round = -1; round < ROUNDS; round++) {
        double one = pings(server.port(), 1);
        double ahead = pings(server.port(), PIPELINED);
        System.out.printf(
            Locale.ROOT,
            "ping, %d connections: one at a time=%.0f/s, %d ahead=%.0f/s%n",
            PING_CONNECTIONS,
            one,
            PIPELINED,
            ahead);
        most = Math.max(most, Math.max(one, ahead));
      }
    }
    assertTrue(most >= LEAST_PINGS, "pings a second: " + most);
  }

  /** Pings a second, so many on their way on each connection. */
  private static double pings(int port, int ahead) throws IOException {
    byte[] ping = SoakData.ping();
    ByteBuffer batch = ByteBuffer.allocate(ping.length * ahead);
    for (int i = 0; i < ahead; i++) {
      batch.put(ping);
    }
    batch.flip();
    List<LoadConnection> connections = new ArrayList<>();
    long[] bad = {0};
    long count = 0;
    long begin = System.nanoTime();
    try {
      for (int i = 0; i < PING_CONNECTIONS; i++) {
        connections.add(new LoadConnection(port));
      }
      while (System.nanoTime() - begin < ROUND.toNanos()) {
        for (LoadConnection connection : connections) {
          for (int i = 0; i < ahead; i++) {
            connection.due.add(0L);
          }
          connection.write(batch.duplicate());
        }
        for (LoadConnection connection : connections) {
          while (!connection.due.isEmpty()) {
            connection.receive((due, status) -> bad[0] += status == 0 ? 0 : 1);
          }
          count += ahead;
        }
      }
    } finally {
      for (LoadConnection connection : connections) {
        connection.close();
      }
    }
    assertTrue(bad[0] == 0, "pings must be answered: others=" + bad[0]);
    return count * 1e9 / (System.nanoTime() - begin);
  }
}
