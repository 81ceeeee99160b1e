package dev.vantage.tsdb.server.dispatch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Limits the log lines of one kind in a second, so that frequent requests do not fill the disk.
 * Thread-safe.
 */
public final class LineBudget {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final int perSecond;
  private final LongSupplier nanoTime;

  @GuardedBy("this")
  private long begun;

  @GuardedBy("this")
  private int taken;

  @GuardedBy("this")
  private long leftOut;

  /**
   * Makes a budget.
   *
   * @param perSecond the most lines in a second, at least 1
   * @param nanoTime the clock, as {@link System#nanoTime}
   */
  public LineBudget(int perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
    this.begun = nanoTime.getAsLong();
  }

  /**
   * Asks whether to write a line.
   *
   * @return empty to leave it out; else how many lines were left out since the last written one
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
