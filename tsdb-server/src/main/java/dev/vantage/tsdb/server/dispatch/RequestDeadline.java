package dev.vantage.tsdb.server.dispatch;

import dev.vantage.tsdb.DeadlineExceededException;
import java.time.Duration;

/** The time by which a request must be answered. Immutable. */
final class RequestDeadline {
  private final Duration timeout;
  private final long end;

  private RequestDeadline(Duration timeout, long end) {
    this.timeout = timeout;
    this.end = end;
  }

  static RequestDeadline after(Duration timeout) {
    return new RequestDeadline(timeout, System.nanoTime() + timeout.toNanos());
  }

  /** Returns the remaining nanoseconds; 0 or less after the deadline. */
  long left() {
    return end - System.nanoTime();
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
