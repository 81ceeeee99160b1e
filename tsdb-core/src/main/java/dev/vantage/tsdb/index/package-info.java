/**
 * The searchable series of a database by ordinal: prepared, with their distances to the vantage
 * points. {@link dev.vantage.tsdb.index.VantageIndex} publishes one immutable {@link
 * dev.vantage.tsdb.index.IndexState} after another; an {@link dev.vantage.tsdb.index.IndexUpdate}
 * creates the next state, for which {@code StatePacking} packs tables. This package does not
 * search.
 *
 * <p>A series is an ordinal. Rows of numbers by ordinal are packed in append-only blocks, so
 * searches read tables without locks and writers need not wait for searches. Only trees change in
 * place; only they are locked, briefly. The index chooses its bounds by the geometry of the metric:
 * the n-simplex between unit vectors of a Hilbert space, else the triangle inequality.
 */
@NullMarked
package dev.vantage.tsdb.index;

import org.jspecify.annotations.NullMarked;
