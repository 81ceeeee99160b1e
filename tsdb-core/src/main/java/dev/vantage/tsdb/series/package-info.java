/**
 * The values that a database stores: the {@link dev.vantage.tsdb.series.TimeSeries points} of
 * series as given, {@link dev.vantage.tsdb.series.SeriesIds ids}, {@link
 * dev.vantage.tsdb.series.Attributes attributes}, and {@link dev.vantage.tsdb.series.Resampling
 * resampling} to the fixed length that a metric compares, and the {@link
 * dev.vantage.tsdb.series.Curve curves} of plots. Uses no other package.
 */
@NullMarked
package dev.vantage.tsdb.series;

import org.jspecify.annotations.NullMarked;
