/**
 * Reading and writing files of series, and generating example data.
 *
 * <p>A {@link dev.vantage.tsdb.format.FileFormat} reads a file according to {@link
 * dev.vantage.tsdb.format.ReadOptions}, and {@link dev.vantage.tsdb.format.FormatDetector} one
 * whose format is not given. While it reads, it passes a {@link dev.vantage.tsdb.format.SeriesSink}
 * an entry for each good series and a {@link dev.vantage.tsdb.format.FormatError} for each bad
 * line, and at the end a {@link dev.vantage.tsdb.format.FileReport} of what it took the file for
 * and what it left out. Only the file system can make reading throw, never the contents of a file.
 * {@link dev.vantage.tsdb.format.FileFormat#useless} says which options have no effect on a format.
 *
 * <p>The way of a file: texts are unpacked and decoded, lines become rows of fields (package {@code
 * format.table}), rows become series. There are two ways to make series of rows: one point in a row
 * ({@code PointsReader}: columns, light-curve and long), and one series in a row ({@code
 * WideReader}, {@code TsReader}, {@code ArffReader}). {@code Output} cuts windows, chooses series
 * and counts.
 *
 * <p>Light curves are folded by {@link dev.vantage.tsdb.format.Periods} from a second file; an
 * {@link dev.vantage.tsdb.format.AttributeFile} adds attributes to series of any format.
 *
 * <p>{@link dev.vantage.tsdb.format.WideWriter} and {@link dev.vantage.tsdb.format.ColumnsWriter}
 * write files that the formats of the same names read back. {@link
 * dev.vantage.tsdb.format.Generator} makes noisy bumps from a seed, to try the database with.
 *
 * <p>Uses only the packages of series, conditions and open files.
 */
@NullMarked
package dev.vantage.tsdb.format;

import org.jspecify.annotations.NullMarked;
