package dev.vantage.tsdb.server.socket;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A thread that ends connections whose time has passed. */
final class Deadlines {
  /** Time may pass by such a part of it before anybody looks. */
  private static final int PART = 16;

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);

  private final Collection<Connection> connections;
  private final long pauseNanos;
  private final Thread thread = Threads.named("tsdb-deadline", this::watch);
  private volatile boolean stopped;

  private Deadlines(Collection<Connection> connections, long pauseNanos) {
    this.connections = connections;
    this.pauseNanos = pauseNanos;
  }

  /** Watches connections, whichever there are, until it is told to stop. */
  static Deadlines watch(Collection<Connection> connections, Limits limits) {
    Duration shortest =
        Collections.min(
            List.of(limits.idleTimeout(), limits.frameTimeout(), limits.responseTimeout()));
    long pause =
        Math.max(
            SHORTEST_PAUSE.toNanos(), Math.min(LONGEST_PAUSE.toNanos(), shortest.toNanos() / PART));
    Deadlines deadlines = new Deadlines(connections, pause);
    deadlines.thread.start();
    return deadlines;
  }

  private void watch() {
    while (!stopped) {
      connections.forEach(Connection::endIfDue);
      LockSupport.parkNanos(this, pauseNanos);
    }
  }

  void stop() {
    stopped = true;
    LockSupport.unpark(thread);
  }
}
