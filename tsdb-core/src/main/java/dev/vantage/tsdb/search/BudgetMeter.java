package dev.vantage.tsdb.search;

import dev.vantage.tsdb.Budget;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What is left of the budget of one search. Cheap to ask at every step: the clock is read only at
 * the first and then once in so many distances or questions. For the thread that searches.
 */
final class BudgetMeter {
  /** Distances, or questions, from one look at the clock to the next. */
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

  /** Whether there is a limit to what the search may spend. */
  boolean isLimited() {
    return hasTimeLimit() || mostDistances != Long.MAX_VALUE;
  }

  /** Whether the search must stop, having computed so many distances. Once true, it stays so. */
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

  /** How many more distances may be computed, if there is time. */
  long distancesLeft(long exactDistances) {
    return Math.max(0, mostDistances - exactDistances);
  }
}
