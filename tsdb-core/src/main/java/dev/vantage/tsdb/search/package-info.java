/**
 * Exact similarity search in an index. {@link dev.vantage.tsdb.search.Searcher} chooses how: a
 * {@code VantageSearch} by bounds, several of them together in a {@code BatchSearch}, or a {@link
 * dev.vantage.tsdb.search.LinearScan}, which measures everything.
 *
 * <p>A search takes lower bounds of blocks of series, then of series by their coordinates, then of
 * series by their sketches, each dearer and better than the one before, and measures what none of
 * them rules out. The linear scan is what every other search is compared with, and what small
 * collections get whose bounds have ruled out next to nothing in the last searches ({@code
 * BoundTrials}). Both fill a {@code NeighborCollector}, which alone knows the order of answers.
 *
 * <p>A search may have a {@link dev.vantage.tsdb.condition.Filter}. {@code Selection} applies it to
 * columns of attribute values and gives a bit for each series, as dense as the set of live series
 * that it narrows: 125 kB for a million of them. From there on the search sees those series alone.
 *
 * <p>This package knows an index, a metric and filters, and nothing of storage, sockets or SQL.
 */
package dev.vantage.tsdb.search;
