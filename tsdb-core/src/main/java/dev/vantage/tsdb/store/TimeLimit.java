package dev.vantage.tsdb.store;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * The moment by which work on the storage must end; what is not done by then fails with a {@link
 * StoreException} of the kind INTERRUPTED. Immutable.
 *
 * @param end the moment on the clock, in nanoseconds; empty if there is none
 * @param nanoTime a clock like {@link System#nanoTime}
 */
public record TimeLimit(OptionalLong end, LongSupplier nanoTime) {
  /** No limit. */
  public static final TimeLimit NONE = new TimeLimit(OptionalLong.empty(), () -> 0);

  /**
   * A limit from now on.
   *
   * @param time how long the work may take
   * @param nanoTime a clock like {@link System#nanoTime}
   * @return the limit
   */
  public static TimeLimit after(Duration time, LongSupplier nanoTime) {
    return new TimeLimit(OptionalLong.of(nanoTime.getAsLong() + time.toNanos()), nanoTime);
  }

  /** {@return the nanoseconds that are left, 0 or less when time is over} */
  public long left() {
    return end.isPresent() ? end.getAsLong() - nanoTime.getAsLong() : Long.MAX_VALUE;
  }

  /** {@return whether time is over} */
  public boolean isOver() {
    return left() <= 0;
  }

  /**
   * The limit that comes first.
   *
   * @param other another limit
   * @return the earlier one of both
   */
  public TimeLimit orEarlier(TimeLimit other) {
    return other.left() < left() ? other : this;
  }
}
