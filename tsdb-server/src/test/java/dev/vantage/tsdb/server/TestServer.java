package dev.vantage.tsdb.server;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.server.socket.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Servers for tests, on a free port. */
public final class TestServer {
  /** Longer than any test waits, so that nothing ends by itself. */
  public static final Duration LONG = Duration.ofMinutes(5);

  /** A few milliseconds, for timeouts that a test waits for. */
  public static final Duration SHORT = Duration.ofMillis(50);

  /** Limits that no test reaches. */
  public static final Limits WIDE = new Limits(100, 1 << 20, LONG, LONG, LONG);

  private TestServer() {}

  public static TsdbServer start(Tsdb tsdb, Limits limits) throws IOException {
    return TsdbServer.start(tsdb, ServerOptions.DEFAULT.withPort(0).withLimits(limits));
  }

  /** Waits until a condition is true; fails after a minute. */
  public static void await(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("must hold within a minute: " + what);
      }
      Thread.yield();
    }
  }

  /** Returns the number of threads of servers. */
  public static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(
            thread ->
                thread
                    .getName()
                    .matches(
                        "tsdb-(accept|connection|deadline|linger|reading|writing|parsing)(-[0-9]+)?"))
        .count();
  }
}
