/**
 * Attributes as tables: what a {@link dev.vantage.tsdb.rows.Select} asks for, and the {@link
 * dev.vantage.tsdb.rows.Rows} that answer it.
 *
 * <p>A row is the values of one series or of one group of series; a column has a name and one type.
 * A select is bound to the types of what it reads ({@link dev.vantage.tsdb.rows.BoundSelect}); a
 * {@link dev.vantage.tsdb.rows.RowCollector} then orders and groups rows in memory. Databases in
 * SQL order and group by themselves where the result has the same bits.
 *
 * <p>A missing value is last in either direction, does not count in aggregates, and is equal to
 * another missing value in groups. Strings are ordered by code point, false is before true, and
 * -0.0 becomes 0.0.
 */
@NullMarked
package dev.vantage.tsdb.rows;

import org.jspecify.annotations.NullMarked;
