package dev.vantage.tsdb.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The pauses between the tries of one call. Not thread-safe. Their lengths are random, so that
 * clients that were refused together do not retry together; the longest possible pause doubles each
 * time.
 */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private final DoubleSupplier random;
  private final LongSupplier nanoTime;
  private final long end;
  private int triesLeft;
  private long most = FIRST.toNanos();

  /**
   * Creates the pauses of a call.
   *
   * @param end the deadline of the call, on the clock
   * @param nanoTime a clock like {@link System#nanoTime}
   */
  Backoff(ClientOptions options, long end, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.random = options.random();
    this.triesLeft = options.requestTries() - 1;
    this.end = end;
  }

  /**
   * Waits, and returns true. Returns false at once after the last try, or if the pause would end
   * after the deadline.
   */
  boolean pause() {
    long pause = (long) (random.getAsDouble() * most);
    if (triesLeft == 0 || end - nanoTime.getAsLong() <= pause) {
      return false;
    }
    triesLeft--;
    most = Math.min(LONGEST.toNanos(), 2 * most);
    try {
      TimeUnit.NANOSECONDS.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
