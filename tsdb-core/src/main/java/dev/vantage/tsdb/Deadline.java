package dev.vantage.tsdb;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/** The moment by which a call must end. Immutable and thread-safe. */
final class Deadline {
  private final Optional<Duration> timeout;
  private final long end;

  private Deadline(Optional<Duration> timeout, long end) {
    this.timeout = timeout;
    this.end = end;
  }

  static Deadline after(Optional<Duration> timeout) {
    return new Deadline(timeout, timeout.map(t -> System.nanoTime() + t.toNanos()).orElse(0L));
  }

  void check() {
    if (timeout.isPresent() && end - System.nanoTime() < 0) {
      throw exceeded();
    }
  }

  private DeadlineExceededException exceeded() {
    return new DeadlineExceededException(
        "the call must end within its time: timeout=" + timeout.orElseThrow());
  }

  /** Takes a lock, or gives up when time is over. */
  void lock(Lock lock) {
    if (timeout.isEmpty()) {
      lock.lock();
      return;
    }
    try {
      if (!lock.tryLock(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
        throw exceeded();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("the call was interrupted while it waited for another write");
    }
  }
}
