package dev.vantage.tsdb.search;

import dev.vantage.tsdb.Budget;
import dev.vantage.tsdb.SearchReport;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * What the last searches of a collection say of its bounds. Where several in a row computed nearly
 * as many distances as there are series, as on white noise, the next ones measure all of them at
 * once; one in so many tries the bounds again.
 *
 * <p>Only where all is soon measured, and no row must be read from the storage: there what bounds
 * cost is felt, and a query that they would have served loses little. Searches for about as many
 * neighbors are judged by each other alone.
 *
 * <p>Thread-safe and without locks: of searches at the same time some may not be counted, which
 * makes a difference to cost alone.
 */
final class BoundTrials {
  /** A search that computes such a share of all distances would have done as well with all. */
  private static final double NEARLY_ALL = 0.75;

  /** After so many such searches in a row bounds are given up. */
  private static final int IN_A_ROW = 4;

  /** So many searches do without bounds until one tries them again. */
  private static final int UNTRIED = 16;

  /** Rows of so many numbers in all are soon measured: in some milliseconds. */
  private static final long SOON_MEASURED = 1 << 22;

  /** For a larger k there may be many to measure whatever bounds say. */
  private static final int MOST_NEIGHBORS = 1 << 7;

  /**
   * By the binary logarithm of k: how many searches in a row were in vain, and from {@link
   * #IN_A_ROW} on how many did without bounds since.
   */
  private final AtomicIntegerArray searches =
      new AtomicIntegerArray(Integer.SIZE - Integer.numberOfLeadingZeros(MOST_NEIGHBORS));

  /** Whether searches of a collection are judged by those before them. */
  static boolean judge(SearchRequest request, long numbers) {
    return numbers <= SOON_MEASURED
        && request.k() <= MOST_NEIGHBORS
        && request.radius() == Double.POSITIVE_INFINITY
        && request.where().isEmpty()
        && request.budget().equals(Budget.UNLIMITED);
  }

  /** Whether a search is to do without bounds; if so, it is counted. */
  boolean areInVain(int k) {
    int count = searches.get(kind(k));
    if (count < IN_A_ROW) {
      return false;
    }
    boolean isLast = count + 1 == IN_A_ROW + UNTRIED;
    searches.set(kind(k), isLast ? IN_A_ROW - 1 : count + 1);
    return true;
  }

  /** Takes note of a search that has tried the bounds. */
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
