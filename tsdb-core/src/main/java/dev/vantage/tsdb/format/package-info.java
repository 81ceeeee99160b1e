/**
 * Reading and writing files of series, and generating example data.
 *
 * <p>A {@link dev.vantage.tsdb.format.FileFormat} reads a file according to {@link
 * dev.vantage.tsdb.format.ReadOptions}. While it reads, it passes a {@link
 * dev.vantage.tsdb.format.SeriesSink} an entry for each good row and a {@link
 * dev.vantage.tsdb.format.FormatError} for each bad one. Only the file system can make reading
 * throw, never the contents of a file. Light curves take {@link
 * dev.vantage.tsdb.format.LightCurveColumns column names} and {@link
 * dev.vantage.tsdb.format.Periods periods} from a second file; an {@link
 * dev.vantage.tsdb.format.AttributeFile} adds attributes to series of any format.
 *
 * <p>{@link dev.vantage.tsdb.format.WideWriter} and {@link dev.vantage.tsdb.format.ColumnsWriter}
 * write files that the formats of the same names read back. {@link
 * dev.vantage.tsdb.format.Generator} makes noisy bumps from a seed, to try the database with.
 *
 * <p>Uses only the package of series.
 */
@NullMarked
package dev.vantage.tsdb.format;

import org.jspecify.annotations.NullMarked;
