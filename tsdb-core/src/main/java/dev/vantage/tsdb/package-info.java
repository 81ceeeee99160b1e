/**
 * The public interface: {@link dev.vantage.tsdb.Tsdb} is a database of time series that finds the
 * stored series that look like a given series; {@link dev.vantage.tsdb.EmbeddedTsdb} is a database
 * in this process, opened with {@link dev.vantage.tsdb.Tsdb#open}. {@link dev.vantage.tsdb.Query}
 * is a query, {@link dev.vantage.tsdb.SearchResult} its answer with the cost of the search.
 *
 * <p>Errors are of two kinds. A wrong argument is refused with a subclass of {@link
 * java.lang.IllegalArgumentException} ({@link dev.vantage.tsdb.series.InvalidIdException}, {@link
 * dev.vantage.tsdb.series.InvalidSeriesException}, {@link
 * dev.vantage.tsdb.series.InvalidAttributeException}, {@link
 * dev.vantage.tsdb.condition.InvalidConditionException}, {@link
 * dev.vantage.tsdb.InvalidRequestException}). A valid call that cannot be served throws a {@link
 * dev.vantage.tsdb.TsdbException}.
 */
@NullMarked
package dev.vantage.tsdb;

import org.jspecify.annotations.NullMarked;
