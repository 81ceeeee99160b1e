package dev.vantage.tsdb.server.socket;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The deadline of a connection's current step. Not thread-safe, except for {@link #giveUp}. The
 * thread of the connection sets the deadline; the thread of {@link Deadlines} checks it
 * periodically. Reads and writes have no timeouts of their own, which would each cost a system call
 * or a timer, and which every arriving packet would extend.
 */
final class ConnectionDeadline {
  private static final long NEVER = Long.MAX_VALUE;
  private static final long OVER = Long.MIN_VALUE;

  private final LongSupplier nanoTime;
  private final long origin;

  /** The deadline in nanoseconds since the origin, or NEVER, or OVER. */
  private final AtomicLong end = new AtomicLong(NEVER);

  ConnectionDeadline(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.origin = nanoTime.getAsLong();
  }

  /** Replaces the deadline. */
  void within(Duration time) throws SocketTimeoutException {
    change(nanoTime.getAsLong() - origin + time.toNanos());
  }

  /** Removes the deadline. */
  void nothing() throws SocketTimeoutException {
    change(NEVER);
  }

  private void change(long newEnd) throws SocketTimeoutException {
    if (end.getAndSet(newEnd) == OVER) {
      end.set(OVER);
      throw new SocketTimeoutException("deadline passed");
    }
  }

  /** Whether {@link #giveUp} found the deadline passed. Stays true. */
  boolean isOver() {
    return end.get() == OVER;
  }

  /** Any thread: checks the deadline. True once, when it is first found passed. */
  boolean giveUp() {
    long expected = end.get();
    return expected != OVER
        && nanoTime.getAsLong() - origin >= expected
        && end.compareAndSet(expected, OVER);
  }
}
