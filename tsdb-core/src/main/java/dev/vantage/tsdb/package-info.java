/**
 * The public interface: {@link dev.vantage.tsdb.Tsdb} is a database of time series that answers
 * which stored series look like a given one; {@link dev.vantage.tsdb.EmbeddedTsdb} is one in a
 * directory of this machine, opened with {@link dev.vantage.tsdb.Tsdb#open}. {@link
 * dev.vantage.tsdb.Query} says what is asked, {@link dev.vantage.tsdb.SearchResult} what was found
 * and what it cost.
 *
 * <p>Errors are of two kinds. A wrong argument is an {@link java.lang.IllegalArgumentException} of
 * a type that says which ({@link dev.vantage.tsdb.series.InvalidIdException}, {@link
 * dev.vantage.tsdb.series.InvalidSeriesException}, {@link
 * dev.vantage.tsdb.series.InvalidAttributeException}, {@link
 * dev.vantage.tsdb.condition.InvalidConditionException}, {@link
 * dev.vantage.tsdb.InvalidRequestException}). A right call that cannot be served is a {@link
 * dev.vantage.tsdb.TsdbException}.
 */
package dev.vantage.tsdb;
