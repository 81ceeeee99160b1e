package dev.vantage.tsdb;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much a search may spend before it stops with the best neighbors found so far: exact
 * distances, time, or both, whichever is spent first. Immutable.
 *
 * <p>Only exact distances to candidates are charged to the budget. The distances from an uploaded
 * series to the vantage points, and the bounds that follow from them, are always computed first, so
 * every report says how far its answer is complete ({@link SearchReport#completeWithin}). Either
 * limit may be 0: then no candidate is measured, no neighbor is found, and the report says within
 * which distance no neighbor exists. A search ends soon after its time, not exactly at it, because
 * distances that are being computed are completed.
 *
 * <p>A spent budget is not an error, unlike a timeout ({@link Tsdb#withTimeout}).
 *
 * @param exactDistances the most exact distances, at least 0, or empty for no limit; never exceeded
 * @param time the time from the beginning of the search, at least 0, or empty for no limit
 */
public record Budget(OptionalLong exactDistances, Optional<Duration> time) {
  /** The budget of a search that ends when its answer is exact. */
  public static final Budget UNLIMITED = new Budget(OptionalLong.empty(), Optional.empty());

  public Budget {
    Objects.requireNonNull(exactDistances, "exactDistances");
    if (exactDistances.isPresent() && exactDistances.getAsLong() < 0) {
      throw new InvalidRequestException(
          "budget of exact distances must be >= 0: exact distances=" + exactDistances.getAsLong());
    }
    if (time.isPresent() && time.get().isNegative()) {
      throw new InvalidRequestException("budget of time must be >= 0: time=" + time.get());
    }
  }

  /**
   * Limits the number of exact distances. With this limit alone, a search on one thread gives the
   * same answer every time.
   *
   * @param exactDistances the most exact distances, at least 0
   * @return the budget
   */
  public static Budget ofExactDistances(long exactDistances) {
    return UNLIMITED.withExactDistances(exactDistances);
  }

  /**
   * Limits the time.
   *
   * @param time the time from the beginning of the search, at least 0
   * @return the budget
   */
  public static Budget ofTime(Duration time) {
    return UNLIMITED.withTime(time);
  }

  /**
   * Adds a limit on the number of exact distances.
   *
   * @param most the most exact distances, at least 0
   * @return a copy with that limit
   */
  public Budget withExactDistances(long most) {
    return new Budget(OptionalLong.of(most), time);
  }

  /**
   * Adds a limit on the time.
   *
   * @param most the time from the beginning of the search, at least 0
   * @return a copy with that limit
   */
  public Budget withTime(Duration most) {
    return new Budget(exactDistances, Optional.of(most));
  }

  /** {@return whether anything is limited} */
  public boolean isLimited() {
    return exactDistances.isPresent() || time.isPresent();
  }
}
