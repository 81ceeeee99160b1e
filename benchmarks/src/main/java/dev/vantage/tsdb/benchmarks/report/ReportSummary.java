package dev.vantage.tsdb.benchmarks.report;

import java.util.Arrays;

/** Statistics of many measured times. Immutable. */
final class ReportSummary {
  private final double[] sorted;

  ReportSummary(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("there must be values: values=0");
    }
    sorted = values.clone();
    Arrays.sort(sorted);
  }

  /** Returns the least value that at least a share of all values does not exceed. */
  double quantile(double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(1, Math.min(rank, sorted.length)) - 1];
  }

  double median() {
    return quantile(0.5);
  }

  double mean() {
    return Arrays.stream(sorted).average().orElseThrow();
  }
}
