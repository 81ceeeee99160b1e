package dev.vantage.tsdb;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

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
 */
public final class Budget {
  /** The budget of a search that ends when its answer is exact. */
  public static final Budget UNLIMITED = new Budget(null, null);

  private final @Nullable Long exactDistances;
  private final @Nullable Duration time;

  private Budget(@Nullable Long exactDistances, @Nullable Duration time) {
    this.exactDistances = exactDistances;
    this.time = time;
  }

  /**
   * Limits the number of exact distances. With this limit alone, a search on one thread gives the
   * same answer every time.
   *
   * @param exactDistances the most exact distances, at least 0
   * @return the budget
   * @throws InvalidRequestException if the number is negative
   */
  public static Budget ofExactDistances(long exactDistances) {
    return UNLIMITED.withExactDistances(exactDistances);
  }

  /**
   * Limits the time.
   *
   * @param time the time from the beginning of the search, at least 0
   * @return the budget
   * @throws InvalidRequestException if the time is negative
   */
  public static Budget ofTime(Duration time) {
    Objects.requireNonNull(time, "time");
    return UNLIMITED.withTime(time);
  }

  /**
   * Adds a limit on the number of exact distances.
   *
   * @param most the most exact distances, at least 0
   * @return a copy with that limit
   * @throws InvalidRequestException if the number is negative
   */
  public Budget withExactDistances(long most) {
    if (most < 0) {
      throw new InvalidRequestException(
          "budget of exact distances must be >= 0: exact distances=" + most);
    }
    return new Budget(most, time);
  }

  /**
   * Adds a limit on the time.
   *
   * @param most the time from the beginning of the search, at least 0
   * @return a copy with that limit
   * @throws InvalidRequestException if the time is negative
   */
  public Budget withTime(Duration most) {
    Objects.requireNonNull(most, "most");
    if (most.isNegative()) {
      throw new InvalidRequestException("budget of time must be >= 0: time=" + most);
    }
    return new Budget(exactDistances, most);
  }

  /** {@return the most exact distances, or empty for no limit; never exceeded} */
  public OptionalLong exactDistances() {
    return exactDistances == null ? OptionalLong.empty() : OptionalLong.of(exactDistances);
  }

  /** {@return the time from the beginning of the search, or empty for no limit} */
  public Optional<Duration> time() {
    return Optional.ofNullable(time);
  }

  /** {@return whether anything is limited} */
  public boolean isLimited() {
    return exactDistances != null || time != null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Budget budget
        && Objects.equals(exactDistances, budget.exactDistances)
        && Objects.equals(time, budget.time);
  }

  @Override
  public int hashCode() {
    return Objects.hash(exactDistances, time);
  }

  @Override
  public String toString() {
    if (!isLimited()) {
      return "unlimited budget";
    }
    return "budget"
        + (exactDistances == null ? "" : " exact distances=" + exactDistances)
        + (time == null ? "" : " time=" + time);
  }
}
