/**
 * Exact similarity search in an index. {@link dev.vantage.tsdb.search.Searcher} chooses the plan: a
 * {@code VantageSearch} by bounds, several of them together in a {@code BatchSearch}, or a {@link
 * dev.vantage.tsdb.search.LinearScan}, which measures everything.
 *
 * <p>A search computes lower bounds of blocks of series, then of series by their coordinates, then
 * of series by their sketches. Each bound costs more and is tighter than the one before. Series
 * that no bound rules out are measured. The linear scan is the reference for every other search. It
 * also serves small collections whose bounds ruled out next to nothing in the last searches ({@code
 * BoundTrials}). Both fill a {@code NeighborCollector}, which alone knows the order of answers.
 *
 * <p>A search may have a {@link dev.vantage.tsdb.condition.Filter}. {@code Selection} applies it to
 * columns of attribute values and returns a bit set of 125 kB per million series. The search sees
 * only the selected series. {@code SelectedColumns} reads the attributes that an answer has from
 * the same columns, in the state that was searched.
 *
 * <p>This package uses indexes, metrics and filters, but not storage, sockets or SQL.
 */
@NullMarked
package dev.vantage.tsdb.search;

import org.jspecify.annotations.NullMarked;
