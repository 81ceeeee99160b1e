/**
 * Tables in text files: the one reader below all formats.
 *
 * <p>{@link dev.vantage.tsdb.format.table.TextSources} finds the texts in a file, whatever packing
 * and encoding; {@link dev.vantage.tsdb.format.table.LineReader} reads their lines; {@link
 * dev.vantage.tsdb.format.table.DataTable} finds the dialect and the header from the first lines,
 * and then streams rows of fields. The formats make series of them. Fields in quotes are left to
 * commons-csv. A quoted field ends on its line.
 */
@NullMarked
package dev.vantage.tsdb.format.table;

import org.jspecify.annotations.NullMarked;
