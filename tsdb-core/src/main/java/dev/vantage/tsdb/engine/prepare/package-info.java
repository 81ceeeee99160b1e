/**
 * {@link dev.vantage.tsdb.engine.prepare.SeriesPreparer}: from the points of a series to the row
 * that a metric compares.
 */
@NullMarked
package dev.vantage.tsdb.engine.prepare;

import org.jspecify.annotations.NullMarked;
