package dev.vantage.tsdb.engine;

import dev.vantage.tsdb.DeadlineExceededException;
import dev.vantage.tsdb.UnavailableException;
import dev.vantage.tsdb.store.TimeLimit;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.function.LongSupplier;

/** The time by which a call must end. Immutable. */
public final class Deadline {
  /** No deadline; its clock stands still. */
  static final Deadline NONE = after(Optional.empty(), () -> 0);

  private final Optional<Duration> timeout;
  private final TimeLimit limit;
  private final LongSupplier nanoTime;

  private Deadline(Optional<Duration> timeout, LongSupplier nanoTime) {
    this.timeout = timeout;
    this.nanoTime = nanoTime;
    limit = timeout.map(time -> TimeLimit.after(time, nanoTime)).orElse(TimeLimit.NONE);
  }

  /**
   * Sets a deadline from now on.
   *
   * @param timeout how long the call may take; empty for any time
   * @param nanoTime a clock like {@link System#nanoTime}
   * @return the deadline
   */
  public static Deadline after(Optional<Duration> timeout, LongSupplier nanoTime) {
    return new Deadline(timeout, nanoTime);
  }

  /** {@return the same deadline, for the storage} */
  public TimeLimit limit() {
    return limit;
  }

  /** {@return this deadline or a time from now on, whichever comes first, for the storage} */
  TimeLimit limitWithin(Duration time) {
    return TimeLimit.after(time, nanoTime).orEarlier(limit);
  }

  public void check() {
    if (limit.isOver()) {
      throw exceeded();
    }
  }

  /** {@return whether the call must end at all} */
  boolean isBounded() {
    return timeout.isPresent();
  }

  /** {@return the remaining time in nanoseconds; 0 or less after the deadline} */
  long left() {
    return limit.left();
  }

  DeadlineExceededException exceeded() {
    return new DeadlineExceededException(
        "call must end within its timeout: timeout=" + timeout.orElseThrow());
  }

  /** Takes a lock, or gives up at the deadline. */
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

  /** Waits for work that continues after the deadline; rethrows its failure. */
  void await(CompletableFuture<?> work) {
    try {
      work.get(Math.max(0, left()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw exceeded();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("the call was interrupted while it waited for other work");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause(); // the work throws nothing else
    }
  }
}
