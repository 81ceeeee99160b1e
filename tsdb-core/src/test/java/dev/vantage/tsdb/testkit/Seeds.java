package dev.vantage.tsdb.testkit;

import java.util.Random;

/** Reproducible random numbers: {@code -Dtsdb.seed=N} sets the seed. */
public final class Seeds {
  private Seeds() {}

  /** {@return a seed, which is new unless the property sets it; prints it} */
  public static long seed(String test) {
    long seed = Long.getLong("tsdb.seed", System.nanoTime());
    System.out.println(test + ": -Dtsdb.seed=" + seed);
    return seed;
  }

  /** {@return a generator with the seed that {@link #seed} prints} */
  public static Random random(String test) {
    return new Random(seed(test));
  }
}
