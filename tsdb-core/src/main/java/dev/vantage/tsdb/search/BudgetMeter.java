package dev.vantage.tsdb.search;

import dev.vantage.tsdb.Budget;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The remaining budget of one search. Not thread-safe: used by the searching thread. Cheap enough
 * to ask at every step: the clock is read at the first call, then once per {@link #STEPS_PER_LOOK}
 * distances or calls.
 */
final class BudgetMeter {
  /** The number of distances or calls between two readings of the clock. */
  private static final int STEPS_PER_LOOK = 16;

  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private final LongSupplier nanoTime;
  private final long mostDistances;
  private final long mostNanoseconds;
  private final long start;
  private long nextLook;
  private long questions;
  private boolean late;

  BudgetMeter(Budget budget, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    mostDistances = budget.exactDistances().orElse(Long.MAX_VALUE);
    mostNanoseconds =
        budget
            .time()
            .map(time -> time.compareTo(LONGEST) < 0 ? time.toNanos() : Long.MAX_VALUE)
            .orElse(Long.MAX_VALUE);
    start = hasTimeLimit() ? nanoTime.getAsLong() : 0;
  }

  private boolean hasTimeLimit() {
    return mostNanoseconds != Long.MAX_VALUE;
  }

  /** Returns whether the search has a limited budget. */
  boolean isLimited() {
    return hasTimeLimit() || mostDistances != Long.MAX_VALUE;
  }

  /** Returns whether the search must stop after this many distances. Once true, it stays true. */
  boolean spent(long exactDistances) {
    if (exactDistances >= mostDistances) {
      return true;
    }
    if (hasTimeLimit() && !late) {
      // A step may cost a distance, many of them, or only a bound.
      long steps = exactDistances + questions++;
      if (steps >= nextLook) {
        late = nanoTime.getAsLong() - start >= mostNanoseconds;
        nextLook = steps + STEPS_PER_LOOK;
      }
    }
    return late;
  }
}
