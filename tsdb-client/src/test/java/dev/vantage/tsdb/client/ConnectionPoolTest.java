package dev.vantage.tsdb.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.DeadlineExceededException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Connections and pauses on a clock that the test moves. */
class ConnectionPoolTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // about to turn negative

  private ConnectionPool pool(PlainServer server, ClientOptions options) {
    return new ConnectionPool(HostAndPort.parse(server.address()), options, now::get);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void aConnectionThatWasIdleForLongIsCheckedBeforeItIsUsed() throws Exception {
    PlainServer.Behavior closeAtOnce = socket -> {};
    try (PlainServer server = PlainServer.start(closeAtOnce);
        ConnectionPool pool = pool(server, ClientOptions.DEFAULT)) {
      ServerConnection first = pool.take(pool.end(LONG));
      Waiting.until("the server has closed it", () -> server.mostOpen() == 1 && server.open() == 0);
      pool.giveBack(first);
      pass(Duration.ofSeconds(5).minusNanos(1));
      ServerConnection fresh = pool.take(pool.end(LONG));
      assertSame(first, fresh);
      pool.giveBack(fresh);
      pass(Duration.ofSeconds(5));
      ServerConnection other = pool.take(pool.end(LONG));
      assertNotSame(first, other);
      pool.drop(other);
    }
  }

  @Test
  void noConnectionIsWaitedForAfterTheDeadline() throws Exception {
    try (PlainServer server = PlainServer.start(PlainServer.pongAfter(() -> {}));
        ConnectionPool pool = pool(server, ClientOptions.DEFAULT.withMaxConnections(1))) {
      long end = pool.end(LONG);
      ServerConnection taken = pool.take(end);
      assertEquals(LONG.toNanos(), pool.left(end));
      pass(LONG);
      assertThrows(DeadlineExceededException.class, () -> pool.take(end));
      pool.drop(taken);
    }
  }

  @Test
  void noPausePassesTheDeadline() throws IOException {
    try (PlainServer server = PlainServer.start(PlainServer.pongAfter(() -> {}));
        ConnectionPool pool = pool(server, ClientOptions.DEFAULT.withRequestTries(100, () -> 0))) {
      Backoff backoff = pool.backoff(pool.end(LONG));
      assertTrue(backoff.pause());
      pass(LONG.minusNanos(1));
      assertTrue(backoff.pause());
      pass(Duration.ofNanos(1));
      assertFalse(backoff.pause());
    }
  }

  @Test
  void pausesAreAsManyAsTriesAllow() throws IOException {
    try (PlainServer server = PlainServer.start(PlainServer.pongAfter(() -> {}));
        ConnectionPool pool = pool(server, ClientOptions.DEFAULT.withRequestTries(3, () -> 0))) {
      Backoff backoff = pool.backoff(pool.end(LONG));
      assertTrue(backoff.pause());
      assertTrue(backoff.pause());
      assertFalse(backoff.pause());
    }
  }
}
