/**
 * Exact similarity search. {@link dev.vantage.tsdb.index.VantageIndex} holds the series and their
 * distances to the vantage points; a search takes lower bounds from it, of blocks of series, of
 * series by their coordinates, of series by their sketches, each dearer and better than the one
 * before, and measures what none of them rules out. {@link dev.vantage.tsdb.search.LinearScan}
 * measures everything: it is what every other search is compared with, and what small collections
 * get whose bounds have ruled out next to nothing in the last searches ({@code BoundTrials}). Both
 * fill a {@code NeighborCollector}, which alone knows the order of answers.
 *
 * <p>A series is an ordinal. Rows of doubles, floats and bytes by ordinal are packed in blocks and
 * only ever appended to; what a search may see is said by an immutable {@code IndexState}, so that
 * searches take no lock on tables and writers need not wait for them. Only the trees change in
 * place, and only they are locked, briefly.
 *
 * <p>A search may have a {@link dev.vantage.tsdb.condition.Filter}. {@code Selection} applies it to
 * columns of attribute values and gives a bit for each series, as dense as the set of live series
 * that it narrows: 125 kB for a million of them, and every block finds its own in four words. From
 * there on the search sees those alone. Columns are filled when the first filter comes ({@link
 * dev.vantage.tsdb.index.AttributeLoad}) and kept up to date by updates from then on.
 *
 * <p>This package knows a metric, trees and filters, and nothing of storage, sockets or SQL.
 */
package dev.vantage.tsdb.search;
