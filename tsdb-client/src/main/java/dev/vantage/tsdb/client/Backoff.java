package dev.vantage.tsdb.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * The pauses of one call between its tries: of random length, so that clients which were refused
 * together do not come back together, and of twice the length at most each time.
 */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private final DoubleSupplier random;
  private final long end;
  private int triesLeft;
  private long most = FIRST.toNanos();

  /**
   * The pauses of a call.
   *
   * @param end when the call has to be answered, as {@link System#nanoTime} tells time
   */
  Backoff(ClientOptions options, long end) {
    this.random = options.random();
    this.triesLeft = options.requestTries() - 1;
    this.end = end;
  }

  /**
   * Waits, and says whether to try again: not if there were enough tries, or time would be over.
   */
  boolean pause() {
    long pause = (long) (random.getAsDouble() * most);
    if (triesLeft == 0 || end - System.nanoTime() <= pause) {
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
