package dev.vantage.tsdb;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/** The moment by which a call must end. Immutable and thread-safe. */
final class Deadline {
  /** Never. */
  static final Deadline NONE = after(Optional.empty());

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
    if (left() < 0) {
      throw exceeded();
    }
  }

  /** {@return whether the call must end at all} */
  boolean isBounded() {
    return timeout.isPresent();
  }

  /** {@return the nanoseconds that are left; 0 or less when time is over} */
  long left() {
    return timeout.isPresent() ? end - System.nanoTime() : Long.MAX_VALUE;
  }

  DeadlineExceededException exceeded() {
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
      if (!lock.tryLock(Math.max(0, left()), TimeUnit.NANOSECONDS)) {
        throw exceeded();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted();
    }
  }

  static UnavailableException interrupted() {
    return new UnavailableException("the call was interrupted while it waited for another write");
  }
}
