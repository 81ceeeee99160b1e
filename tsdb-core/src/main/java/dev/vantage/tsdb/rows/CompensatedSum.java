package dev.vantage.tsdb.rows;

/**
 * A sum of doubles with a compensation for rounding. Not thread-safe. The same numbers in the same
 * order give the same bits. Source: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur
 * Summation endlicher Summen", ZAMM 54 (1974), doi:10.1002/zamm.19740540106.
 */
final class CompensatedSum {
  private double sum;
  private double compensation;

  void add(double number) {
    double next = sum + number;
    compensation +=
        Math.abs(sum) >= Math.abs(number) ? (sum - next) + number : (number - next) + sum;
    sum = next;
  }

  /** Returns the sum; infinite or NaN if it has left the range of doubles on the way. */
  double value() {
    return sum + compensation;
  }
}
