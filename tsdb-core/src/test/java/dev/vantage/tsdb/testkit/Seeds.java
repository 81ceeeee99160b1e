package dev.vantage.tsdb.testkit;

import java.util.Random;

/**
 * The seeds of random tests. A seed is new in each run and is printed; {@code -Dtsdb.seed=N} gives
 * every test the seed N.
 */
public final class Seeds {
  private Seeds() {}

  /** {@return the seed of a test, which is printed beside the name of the test} */
  public static long seed(String test) {
    long seed = Long.getLong("tsdb.seed", System.nanoTime());
    System.out.println(test + ": -Dtsdb.seed=" + seed);
    return seed;
  }

  /** {@return a generator with the seed of a test} */
  public static Random random(String test) {
    return new Random(seed(test));
  }
}
