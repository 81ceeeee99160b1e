package dev.vantage.tsdb.server.socket;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConnectionDeadlineTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // about to turn negative
  private final ConnectionDeadline deadline = new ConnectionDeadline(now::get);

  @Test
  void aDeadlineIsFoundPassedOnceAndStaysSo() throws SocketTimeoutException {
    deadline.within(Duration.ofNanos(10));
    now.addAndGet(9);
    assertFalse(deadline.giveUp());
    now.addAndGet(1);
    assertFalse(deadline.isOver(), "nobody has looked yet");
    assertTrue(deadline.giveUp());
    assertFalse(deadline.giveUp());
    assertTrue(deadline.isOver());
    assertThrows(SocketTimeoutException.class, deadline::nothing);
    assertThrows(SocketTimeoutException.class, () -> deadline.within(Duration.ofHours(1)));
    assertTrue(deadline.isOver());
  }

  @Test
  void aDeadlineCanBeReplacedOrRemoved() throws SocketTimeoutException {
    assertFalse(deadline.giveUp());
    deadline.within(Duration.ofNanos(10));
    now.addAndGet(9);
    deadline.within(Duration.ofNanos(10));
    now.addAndGet(9);
    assertFalse(deadline.giveUp());
    deadline.nothing();
    now.addAndGet(Duration.ofDays(1).toNanos());
    assertFalse(deadline.giveUp());
  }
}
