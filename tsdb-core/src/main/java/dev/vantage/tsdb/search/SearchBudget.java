package dev.vantage.tsdb.search;

import java.util.function.LongSupplier;

/**
 * What a search may spend before it stops with what it has. Immutable.
 *
 * @param exactDistances the most exact distances to candidates, at least 0
 * @param nanoseconds the time that may pass before the last of them begins, at least 0
 */
public record SearchBudget(long exactDistances, long nanoseconds) {
  /** No limit at all. */
  public static final SearchBudget UNLIMITED = new SearchBudget(Long.MAX_VALUE, Long.MAX_VALUE);

  public SearchBudget {
    if (exactDistances < 0 || nanoseconds < 0) {
      throw new IllegalArgumentException(
          "budget must be >= 0: exactDistances=" + exactDistances + ", nanoseconds=" + nanoseconds);
    }
  }

  /** Begins to spend it. */
  Allowance start(LongSupplier nanoTime) {
    return new Allowance(this, nanoTime);
  }
}
