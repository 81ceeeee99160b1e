package dev.vantage.tsdb.benchmarks.workload;

import dev.vantage.tsdb.metric.Metric;

/**
 * A series to search for.
 *
 * @param samples its samples, as many as the metric's length; not to be changed
 * @param row the same, prepared by the metric; not to be changed
 */
public record Series(double[] samples, double[] row) {

  /**
   * Prepares samples.
   *
   * @param samples as many as the metric's length
   * @param metric prepares them
   * @return the series
   */
  public static Series of(double[] samples, Metric metric) {
    double[] row = new double[metric.rowSize()];
    metric.prepare(samples, row, 0);
    return new Series(samples, row);
  }
}
