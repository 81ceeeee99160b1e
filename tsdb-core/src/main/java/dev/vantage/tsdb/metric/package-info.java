/**
 * Distances between standardised series of one length. {@link dev.vantage.tsdb.metric.Metric} says
 * what a search may rely on, {@link dev.vantage.tsdb.metric.MetricSpec} names a distance, and
 * {@link dev.vantage.tsdb.metric.Metrics} creates it. {@link dev.vantage.tsdb.metric.SampleMetric}
 * makes a metric of a function of samples.
 *
 * <p>Each distance has its own package below this one and is registered by its {@link
 * dev.vantage.tsdb.metric.MetricProvider}; nothing else in the library knows its name.
 */
@NullMarked
package dev.vantage.tsdb.metric;

import org.jspecify.annotations.NullMarked;
