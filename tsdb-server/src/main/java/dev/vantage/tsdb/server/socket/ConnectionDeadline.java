package dev.vantage.tsdb.server.socket;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What has to happen on a connection, and by when. The thread of the connection says so; another
 * one looks at it from time to time ({@link Deadlines}). So no read or write has a timeout of its
 * own, which would cost calls of the system or a timer each, and however many packets come before,
 * none lasts beyond the moment.
 */
final class ConnectionDeadline {
  private static final long NEVER = Long.MAX_VALUE;
  private static final long OVER = Long.MIN_VALUE;

  private final long origin = System.nanoTime();

  /** In nanoseconds since the origin. */
  private final AtomicLong end = new AtomicLong(NEVER);

  /** Expects something from now on, instead of what was expected before. */
  void within(Duration time) throws SocketTimeoutException {
    change(System.nanoTime() - origin + time.toNanos());
  }

  /** Expects nothing from now on. */
  void nothing() throws SocketTimeoutException {
    change(NEVER);
  }

  private void change(long newEnd) throws SocketTimeoutException {
    if (end.getAndSet(newEnd) == OVER) {
      end.set(OVER);
      throw new SocketTimeoutException("deadline passed");
    }
  }

  /** Whether what was expected has not come in time. */
  boolean isOver() {
    return end.get() == OVER;
  }

  /** Ends the connection's time if it has passed; true once. Any thread may call this. */
  boolean giveUp() {
    long expected = end.get();
    return expected != OVER
        && System.nanoTime() - origin >= expected
        && end.compareAndSet(expected, OVER);
  }
}
