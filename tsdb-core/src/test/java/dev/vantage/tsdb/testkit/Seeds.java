package dev.vantage.tsdb.testkit;

import java.util.Random;

/** Randomness that can be had again: with {@code -Dtsdb.seed=N}. */
public final class Seeds {
  private Seeds() {}

  /** A generator whose seed is new unless one is asked for, and is printed. */
  public static Random random(String test) {
    long seed = Long.getLong("tsdb.seed", System.nanoTime());
    System.out.println(test + ": -Dtsdb.seed=" + seed);
    return new Random(seed);
  }
}
