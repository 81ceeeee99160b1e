/**
 * What is searched: the series of a database by ordinal, prepared, with their distances to the
 * vantage points. {@link dev.vantage.tsdb.index.VantageIndex} publishes one immutable {@link
 * dev.vantage.tsdb.index.IndexState} after another; an {@link dev.vantage.tsdb.index.IndexUpdate}
 * makes the next one. It knows no search.
 *
 * <p>A series is an ordinal. Rows of numbers by ordinal are packed in blocks and only ever appended
 * to, so that searches read tables without locks and writers need not wait for them. Only the trees
 * change in place, and only they are locked, briefly. What the index does with a metric follows
 * from what the metric says of itself: the n-simplex where the space is Hilbert's and its points
 * are unit vectors, else the triangle inequality.
 */
package dev.vantage.tsdb.index;
