package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.DeadlineExceededException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The time by which a request must be answered. Immutable. */
final class RequestDeadline {
  private final Duration timeout;
  private final LongSupplier nanoTime;
  private final long end;

  private RequestDeadline(Duration timeout, LongSupplier nanoTime) {
    this.timeout = timeout;
    this.nanoTime = nanoTime;
    this.end = nanoTime.getAsLong() + timeout.toNanos();
  }

  static RequestDeadline after(Duration timeout, LongSupplier nanoTime) {
    return new RequestDeadline(timeout, nanoTime);
  }

  /** Returns the remaining nanoseconds; 0 or less after the deadline. */
  long left() {
    return end - nanoTime.getAsLong();
  }

  /**
   * Returns the remaining time, above 0.
   *
   * @throws DeadlineExceededException if the deadline has passed
   */
  Duration remaining() {
    long left = left();
    if (left <= 0) {
      throw exceeded();
    }
    return Duration.ofNanos(left);
  }

  DeadlineExceededException exceeded() {
    return new DeadlineExceededException(
        "request must be answered within its timeout, but no worker was free: timeout=" + timeout);
  }
}
