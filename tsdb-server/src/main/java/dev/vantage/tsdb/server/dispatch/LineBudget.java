package dev.vantage.tsdb.server.dispatch;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many lines of one kind a log may get in a second, so that what is asked often does not fill
 * the disk that the log is on. Thread-safe.
 */
public final class LineBudget {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final int perSecond;
  private final LongSupplier nanoTime;
  private long begun;
  private int taken;
  private long leftOut;

  /**
   * Makes a budget.
   *
   * @param perSecond how many lines a second may have, at least 1
   * @param nanoTime the clock, as {@link System#nanoTime}
   */
  public LineBudget(int perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
    this.begun = nanoTime.getAsLong();
  }

  /**
   * Asks for a line.
   *
   * @return empty if it should not be written; else how many were not since the last one that was
   */
  public synchronized OptionalLong tryTake() {
    long now = nanoTime.getAsLong();
    if (now - begun >= SECOND) {
      begun = now;
      taken = 0;
    }
    if (taken == perSecond) {
      leftOut++;
      return OptionalLong.empty();
    }
    taken++;
    long told = leftOut;
    leftOut = 0;
    return OptionalLong.of(told);
  }
}
