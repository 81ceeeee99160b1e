package dev.vantage.tsdb.metric.kernel;

import java.util.function.LongSupplier;

/**
 * Which of two pieces of code that do the same is faster, once both are compiled as far as they
 * will be.
 */
final class Race {
  /** What is gained must be worth the change. */
  private static final double FASTER = 0.8;

  private static final int WINS_IN_A_ROW = 5;
  private static final long GIVE_UP_NANOSECONDS = 30_000_000_000L;

  private Race() {}

  /**
   * {@return whether the second is faster, some times in a row; known within a second or so, or
   * given up after thirty, on a clock like {@link System#nanoTime}}
   */
  static boolean isWonBySecond(Runnable first, Runnable second, LongSupplier nanoTime) {
    long start = nanoTime.getAsLong();
    int wins = 0;
    while (wins < WINS_IN_A_ROW && nanoTime.getAsLong() - start < GIVE_UP_NANOSECONDS) {
      long ofSecond = nanoseconds(second, nanoTime);
      wins = ofSecond < FASTER * nanoseconds(first, nanoTime) ? wins + 1 : 0;
    }
    return wins == WINS_IN_A_ROW;
  }

  private static long nanoseconds(Runnable round, LongSupplier nanoTime) {
    long start = nanoTime.getAsLong();
    round.run();
    return nanoTime.getAsLong() - start;
  }
}
