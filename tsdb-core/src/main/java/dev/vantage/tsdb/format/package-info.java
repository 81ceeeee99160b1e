/**
 * Files of series: reading, writing, and the data that the project generates.
 *
 * <p>A {@link dev.vantage.tsdb.format.FileFormat} reads a file, as {@link
 * dev.vantage.tsdb.format.ReadOptions} say, and hands what it finds to a {@link
 * dev.vantage.tsdb.format.SeriesSink} while it reads: an entry for each good row, a {@link
 * dev.vantage.tsdb.format.FormatError} for each bad one. What a file says can never make reading
 * throw; only the file system can. Light curves take {@link
 * dev.vantage.tsdb.format.LightCurveColumns column names} and {@link
 * dev.vantage.tsdb.format.Periods periods} from a second file; an {@link
 * dev.vantage.tsdb.format.AttributeFile} says more about series of any format.
 *
 * <p>{@link dev.vantage.tsdb.format.WideWriter} and {@link dev.vantage.tsdb.format.ColumnsWriter}
 * write what the readers of the same name read back. {@link dev.vantage.tsdb.format.Generator}
 * makes noisy bumps from a seed, to try the database with.
 *
 * <p>Uses only the package of series.
 */
package dev.vantage.tsdb.format;
