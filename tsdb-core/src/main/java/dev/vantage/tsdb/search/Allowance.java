package dev.vantage.tsdb.search;

import java.util.function.LongSupplier;

/**
 * What is left of the budget of one search. Cheap to ask at every step: the clock is read only at
 * the first and then once in so many distances or questions. For the thread that searches.
 */
final class Allowance {
  /** Distances, or questions, from one look at the clock to the next. */
  private static final int STEPS_PER_LOOK = 16;

  private final SearchBudget budget;
  private final LongSupplier nanoTime;
  private final long start;
  private long nextLook;
  private long questions;
  private boolean late;

  Allowance(SearchBudget budget, LongSupplier nanoTime) {
    this.budget = budget;
    this.nanoTime = nanoTime;
    start = hasTimeLimit() ? nanoTime.getAsLong() : 0;
  }

  private boolean hasTimeLimit() {
    return budget.nanoseconds() != Long.MAX_VALUE;
  }

  /** Whether there is a limit to what the search may spend. */
  boolean isLimited() {
    return hasTimeLimit() || budget.exactDistances() != Long.MAX_VALUE;
  }

  /** Whether the search must stop, having computed so many distances. Once true, it stays so. */
  boolean spent(long exactDistances) {
    if (exactDistances >= budget.exactDistances()) {
      return true;
    }
    if (hasTimeLimit() && !late) {
      // A step may cost a distance, many of them, or only a bound.
      long steps = exactDistances + questions++;
      if (steps >= nextLook) {
        late = nanoTime.getAsLong() - start >= budget.nanoseconds();
        nextLook = steps + STEPS_PER_LOOK;
      }
    }
    return late;
  }

  /** How many more distances may be computed, if there is time. */
  long distancesLeft(long exactDistances) {
    return Math.max(0, budget.exactDistances() - exactDistances);
  }
}
