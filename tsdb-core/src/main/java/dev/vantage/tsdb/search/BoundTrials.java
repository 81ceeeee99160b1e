package dev.vantage.tsdb.search;

import dev.vantage.tsdb.Budget;
import dev.vantage.tsdb.SearchReport;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Decides from the last searches of a collection whether bounds are worth their cost. Thread-safe.
 * If several searches in a row computed nearly as many distances as there are series, as on white
 * noise, the next searches measure all series without bounds; one in {@link #UNTRIED} tries the
 * bounds again.
 *
 * <p>This applies only if all series are measured quickly and no row must be read from the storage:
 * only then is the cost of bounds noticeable, and a query that bounds would have helped loses
 * little. Only searches for about as many neighbors are compared.
 *
 * <p>There are no locks: some concurrent searches may not be counted, which affects only cost.
 */
final class BoundTrials {
  /** The fraction of distances computed from which a search is no faster than a full scan. */
  private static final double NEARLY_ALL = 0.75;

  /** The number of such searches in a row after which bounds are given up. */
  private static final int IN_A_ROW = 4;

  /** How many searches run without bounds before bounds are tried again. */
  private static final int UNTRIED = 16;

  /** The maximum count of numbers in all rows that are measured within some milliseconds. */
  private static final long SOON_MEASURED = 1 << 22;

  /** The maximum k: for a larger k many series may have to be measured in spite of bounds. */
  private static final int MOST_NEIGHBORS = 1 << 7;

  /**
   * By the binary logarithm of k: the number of searches in a row whose bounds were useless; from
   * {@link #IN_A_ROW} on, plus the number of searches without bounds since then.
   */
  private final AtomicIntegerArray searches =
      new AtomicIntegerArray(Integer.SIZE - Integer.numberOfLeadingZeros(MOST_NEIGHBORS));

  /** Returns whether earlier searches may decide that a search runs without bounds. */
  static boolean judge(SearchRequest request, long numbers) {
    return numbers <= SOON_MEASURED
        && request.k() <= MOST_NEIGHBORS
        && request.radius() == Double.POSITIVE_INFINITY
        && request.where().isEmpty()
        && request.budget().equals(Budget.UNLIMITED);
  }

  /** Returns whether a search must run without bounds; if so, the search is counted. */
  boolean areInVain(int k) {
    int count = searches.get(kind(k));
    if (count < IN_A_ROW) {
      return false;
    }
    boolean isLast = count + 1 == IN_A_ROW + UNTRIED;
    searches.set(kind(k), isLast ? IN_A_ROW - 1 : count + 1);
    return true;
  }

  /** Records a search that has tried the bounds. */
  void tried(int k, SearchReport report) {
    long distances = report.vantagePointDistances() + report.exactDistances();
    boolean inVain = distances >= NEARLY_ALL * report.candidates();
    int count = searches.get(kind(k));
    if (inVain) {
      searches.set(kind(k), Math.min(count + 1, IN_A_ROW));
    } else if (count != 0) {
      searches.set(kind(k), 0);
    }
  }

  private static int kind(int k) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(k);
  }
}
