package dev.vantage.tsdb.store;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * The time by which work on the storage must end. Immutable. Work that is not done by then fails
 * with a {@link StoreException} of the kind INTERRUPTED.
 *
 * @param end the end in nanoseconds of the clock; empty if unlimited
 * @param nanoTime a clock like {@link System#nanoTime}
 */
public record TimeLimit(OptionalLong end, LongSupplier nanoTime) {
  /** No limit. */
  public static final TimeLimit NONE = new TimeLimit(OptionalLong.empty(), () -> 0);

  /**
   * Creates a limit that starts now.
   *
   * @param time how long the work may take
   * @param nanoTime a clock like {@link System#nanoTime}
   * @return the limit
   */
  public static TimeLimit after(Duration time, LongSupplier nanoTime) {
    return new TimeLimit(OptionalLong.of(nanoTime.getAsLong() + time.toNanos()), nanoTime);
  }

  /** {@return the remaining nanoseconds; 0 or less after the limit} */
  public long left() {
    return end.isPresent() ? end.getAsLong() - nanoTime.getAsLong() : Long.MAX_VALUE;
  }

  /** {@return whether the limit is reached} */
  public boolean isOver() {
    return left() <= 0;
  }

  /**
   * Returns the earlier of two limits.
   *
   * @param other another limit
   * @return the earlier limit
   */
  public TimeLimit orEarlier(TimeLimit other) {
    return other.left() < left() ? other : this;
  }
}
