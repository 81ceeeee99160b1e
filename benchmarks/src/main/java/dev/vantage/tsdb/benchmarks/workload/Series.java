package dev.vantage.tsdb.benchmarks.workload;

import dev.vantage.tsdb.metric.Metric;

/**
 * A series to search for.
 *
 * @param samples its samples; their number is the metric's length; must not be changed
 * @param row the prepared row; must not be changed
 */
public record Series(double[] samples, double[] row) {

  /**
   * Prepares samples.
   *
   * @param samples the samples; their number is the metric's length
   * @param metric prepares them
   * @return the series
   */
  public static Series of(double[] samples, Metric metric) {
    double[] row = new double[metric.rowSize()];
    metric.prepare(samples, row, 0);
    return new Series(samples, row);
  }
}
