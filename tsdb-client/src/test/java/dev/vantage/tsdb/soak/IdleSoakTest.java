package dev.vantage.tsdb.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.vantage.tsdb.Settings;
import dev.vantage.tsdb.testkit.Seeds;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Idle and slow clients cost the active clients almost nothing. */
@Tag("soak")
class IdleSoakTest {
  private static final int SERIES = Integer.getInteger("tsdb.soak.series", 20_000);
  private static final int IDLE = 5000;
  private static final int SLOW = 500;
  private static final int BUSY = 50;
  private static final Duration ROUND = Duration.ofSeconds(10);
  private static final int ROUNDS = 3;
  private static final Duration BETWEEN_BYTES = Duration.ofMillis(400);
  private static final double MOST_TIMES = 2;

  @TempDir private Path directory;

  /** The Java that is chosen, or one beside this one that has virtual threads. */
  private static Path java() throws IOException {
    if (System.getProperty("tsdb.soak.java") != null || Runtime.version().feature() >= 21) {
      return SoakServer.chosenJava();
    }
    Path all = SoakServer.thisJava().getParent();
    try (var beside = Files.list(all)) {
      return beside
          .filter(java -> java.getFileName().toString().matches(".*(2[1-9]|3[0-9]).*"))
          .filter(java -> Files.isExecutable(java.resolve("bin").resolve("java")))
          .max(Path::compareTo)
          .orElseGet(SoakServer::chosenJava);
    }
  }

  @Test
  void idleAndSlowClientsDoNotHoldUpBusyOnes() throws Exception {
    long files =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getMaxFileDescriptorCount()
            : 0;
    assumeTrue(
        files >= 2 * (IDLE + SLOW + BUSY), "open files must be enough for clients: most=" + files);
    Random random = Seeds.random("idleAndSlowClientsDoNotHoldUpBusyOnes");
    Path database = directory.resolve("db");
    SoakData.make(database, Settings.DEFAULT.withLength(256), SERIES, random);
    Path java = java();
    System.out.println("server's java: " + java);
    try (SoakServer server =
            SoakServer.start(
                java,
                database,
                "--cache-mb",
                "0",
                "--max-connections",
                Integer.toString(2 * (IDLE + SLOW)));
        Load busy =
            new Load(server.port(), BUSY, SoakData.searches(SERIES, 20_000, random), random)) {
      busy.closed(ROUND.multipliedBy(2)); // until it is compiled
      Histogram alone = new Histogram();
      Histogram beside = new Histogram();
      for (int round = 0; round < ROUNDS; round++) {
        measure(busy, alone, "alone");
        List<LoadConnection> idle = idle(server.port());
        try (SlowSenders slow = new SlowSenders(server.port())) {
          measure(busy, beside, IDLE + " idle and " + SLOW + " slow beside");
          System.out.println("server holds " + server.held());
          assertEquals(SLOW, slow.open(), "slow senders that are still served");
        }
        for (LoadConnection connection : idle) {
          assertTrue(isServed(connection), "an idle connection must still be served");
          connection.close();
        }
      }
      double times = beside.quantile(0.99) / alone.quantile(0.99);
      System.out.printf(
          Locale.ROOT,
          "p99 of %d busy clients: %.2f times%n alone: %s%n beside: %s%n",
          BUSY,
          times,
          alone,
          beside);
      assertTrue(times <= MOST_TIMES, "p99 of busy clients: times=" + times);
    }
  }

  private static void measure(Load busy, Histogram all, String what) throws IOException {
    Load.Outcome outcome = busy.closed(ROUND);
    System.out.println(what + ": " + outcome);
    assertTrue(outcome.unanswered == 0 && outcome.others == 0, outcome::toString);
    all.add(outcome.answered);
  }

  private static List<LoadConnection> idle(int port) throws IOException {
    List<LoadConnection> idle = new ArrayList<>();
    for (int i = 0; i < IDLE; i++) {
      LoadConnection connection = new LoadConnection(port);
      assertTrue(isServed(connection), "connection must be served: number=" + i);
      idle.add(connection);
    }
    return idle;
  }

  private static boolean isServed(LoadConnection connection) throws IOException {
    int[] answer = {-1};
    connection.send(SoakData.ping(), 0);
    while (!connection.due.isEmpty()) {
      connection.receive((due, status) -> answer[0] = status);
    }
    return answer[0] == 0;
  }

  /** Clients that send a byte now and then, each in the middle of a frame. */
  private static final class SlowSenders implements AutoCloseable {
    private final List<LoadConnection> connections = new ArrayList<>();
    private final byte[] frame =
        SoakData.frame("{\"op\":\"ping\",\"tag\":\"" + "x".repeat(1000) + "\"}");
    private final Thread sender = new Thread(this::send, "slow-senders");
    private volatile boolean ended;

    SlowSenders(int port) throws IOException {
      for (int i = 0; i < SLOW; i++) {
        connections.add(new LoadConnection(port));
      }
      sender.start();
    }

    private void send() {
      for (int at = 0; !ended && at < frame.length; at++) {
        for (LoadConnection connection : connections) {
          try {
            connection.write(ByteBuffer.wrap(frame, at, 1));
          } catch (IOException e) {
            return; // counted by who asks
          }
        }
        LockSupport.parkNanos(BETWEEN_BYTES.toNanos());
      }
    }

    /** How many can still be written to. */
    long open() {
      return sender.isAlive() ? connections.size() : 0;
    }

    @Override
    public void close() throws IOException {
      ended = true;
      LockSupport.unpark(sender);
      try {
        sender.join();
      } catch (InterruptedException e) {
        throw new AssertionError("test was interrupted", e);
      }
      for (LoadConnection connection : connections) {
        connection.close();
      }
    }
  }
}
