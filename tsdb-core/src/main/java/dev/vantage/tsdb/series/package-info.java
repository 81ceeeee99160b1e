/**
 * What a time series is, before any search: {@link dev.vantage.tsdb.series.TimeSeries points} as
 * they were given, {@link dev.vantage.tsdb.series.SeriesIds ids}, {@link
 * dev.vantage.tsdb.series.Attributes attributes}, and {@link dev.vantage.tsdb.series.Resampling
 * resampling} to the fixed length that a metric compares. Uses no other package.
 */
package dev.vantage.tsdb.series;
