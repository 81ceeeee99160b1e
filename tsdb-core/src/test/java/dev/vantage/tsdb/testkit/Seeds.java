package dev.vantage.tsdb.testkit;

import java.util.Random;

/** Reproducible random numbers: {@code -Dtsdb.seed=N} sets the seed. */
public final class Seeds {
  private Seeds() {}

  /** Creates a generator. Prints its seed, which is new unless the property sets it. */
  public static Random random(String test) {
    long seed = Long.getLong("tsdb.seed", System.nanoTime());
    System.out.println(test + ": -Dtsdb.seed=" + seed);
    return new Random(seed);
  }
}
