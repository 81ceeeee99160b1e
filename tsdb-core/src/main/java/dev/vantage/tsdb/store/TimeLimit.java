package dev.vantage.tsdb.store;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * The moment by which work on the storage must end; what is not done by then fails with a {@link
 * StoreException} of the kind INTERRUPTED. Immutable.
 *
 * @param end the moment, as {@link System#nanoTime} gives it; empty if there is none
 */
public record TimeLimit(OptionalLong end) {
  /** No limit. */
  public static final TimeLimit NONE = new TimeLimit(OptionalLong.empty());

  /**
   * A limit from now on.
   *
   * @param time how long the work may take
   * @return the limit
   */
  public static TimeLimit after(Duration time) {
    return new TimeLimit(OptionalLong.of(System.nanoTime() + time.toNanos()));
  }

  /** {@return the nanoseconds that are left, 0 or less when time is over} */
  public long left() {
    return end.isPresent() ? end.getAsLong() - System.nanoTime() : Long.MAX_VALUE;
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
