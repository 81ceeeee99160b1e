package dev.vantage.tsdb.server.socket;

import dev.vantage.tsdb.pool.LivingThread;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that ends connections whose deadline has passed. */
final class Deadlines {
  private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

  /** Deadlines are checked this many times within the shortest timeout. */
  private static final int PART = 16;

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);

  private Deadlines() {}

  /**
   * Checks the deadlines of all current connections periodically, until the thread is stopped.
   *
   * @param besides runs after each check
   */
  static LivingThread watch(Collection<Connection> connections, Limits limits, Runnable besides) {
    Duration shortest =
        Collections.min(
            List.of(
                limits.idleTimeout(),
                limits.frameTimeout(),
                limits.helloTimeout(),
                limits.responseTimeout()));
    long pause =
        Math.max(
            SHORTEST_PAUSE.toNanos(), Math.min(LONGEST_PAUSE.toNanos(), shortest.toNanos() / PART));
    return LivingThread.start(
        "tsdb-deadline",
        false,
        () -> {
          LockSupport.parkNanos(connections, pause);
          connections.forEach(Connection::endIfDue);
          besides.run();
        },
        failure -> LOG.error("deadlines could not be checked; the check is repeated", failure));
  }
}
