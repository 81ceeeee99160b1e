package dev.vantage.tsdb.metric.kernel;

import java.util.function.LongSupplier;

/** Determines the faster of two equivalent pieces of code after the compiler has optimised both. */
final class Race {
  /**
   * The maximum ratio of times at which the second counts as faster: a small gain is not worth the
   * change.
   */
  private static final double FASTER = 0.8;

  private static final int WINS_IN_A_ROW = 5;
  private static final long GIVE_UP_NANOSECONDS = 30_000_000_000L;

  private Race() {}

  /**
   * {@return whether the second is faster several times in a row; takes about a second, at most
   * thirty, on a clock like {@link System#nanoTime}}
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
