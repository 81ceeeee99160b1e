package dev.vantage.tsdb;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much a search may spend before it stops with the best that it has found: exact distances,
 * time, or both, whichever is spent first. Immutable.
 *
 * <p>It is spent on exact distances to candidates alone. The distances from an uploaded series to
 * the vantage points, and the bounds that follow from them, come before and are always computed, so
 * that every answer can say how far it is complete ({@link SearchReport#completeWithin}). Either
 * part may therefore be 0: nothing is measured then, so no neighbor is found, and the report says
 * within which distance there is none. A search ends soon after its time, not at it: what is being
 * measured then is finished.
 *
 * <p>A spent budget is no error, unlike a timeout ({@link Tsdb#withTimeout}).
 *
 * @param exactDistances the most exact distances, at least 0, or empty for any number; never
 *     exceeded
 * @param time the time from the beginning of the search, at least 0, or empty for any
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
   * Limits the number of exact distances. With it alone, a search on one thread gives the same
   * answer every time.
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
   * Limits the number of exact distances too.
   *
   * @param most the most exact distances, at least 0
   * @return a copy with that limit
   */
  public Budget withExactDistances(long most) {
    return new Budget(OptionalLong.of(most), time);
  }

  /**
   * Limits the time too.
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
