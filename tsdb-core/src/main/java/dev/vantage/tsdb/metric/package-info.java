/**
 * Distances between standardised series of one length. {@link dev.vantage.tsdb.metric.Metric} says
 * what a search may rely on; {@link dev.vantage.tsdb.metric.KernelCorrelation} is the one in use.
 */
package dev.vantage.tsdb.metric;
