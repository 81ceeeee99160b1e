package dev.vantage.tsdb.client;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for events on other threads. */
final class Waiting {
  private Waiting() {}

  /** Waits until a condition is true; fails after a minute. */
  static void until(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("must hold within a minute: " + what);
      }
      Thread.yield();
    }
  }
}
