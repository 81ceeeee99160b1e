package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.format.FileFormat;
import dev.vantage.tsdb.format.FormatError;
import dev.vantage.tsdb.format.ReadOptions;
import dev.vantage.tsdb.format.SeriesSink;
import dev.vantage.tsdb.series.InvalidSeriesException;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a file with one series. */
final class SeriesFile {
  @Option(
      names = "--file",
      paramLabel = "FILE",
      required = true,
      description = "A file with two columns, time and value; - is standard input.")
  private Path file;

  @Option(
      names = "--period",
      paramLabel = "P",
      description = "Folds the times by this period, in their unit.")
  private @Nullable Double period;

  /** Reads the series. */
  TimeSeries read() {
    List<TimeSeries> found = new ArrayList<>();
    List<FormatError> errors = new ArrayList<>();
    SeriesSink sink =
        new SeriesSink() {
          @Override
          public void accept(SeriesEntry entry, long line) {
            found.add(entry.series());
          }

          @Override
          public void reject(FormatError error) {
            errors.add(error);
          }
        };
    try {
      if (file.toString().equals("-")) {
        FileFormat.COLUMNS.read(
            System.in, "standard input", "standard-input", ReadOptions.defaults(), sink);
      } else {
        FileFormat.COLUMNS.read(file, ReadOptions.defaults(), sink);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!errors.isEmpty()) {
      throw new InvalidSeriesException(errors.get(0).toString());
    }
    return period == null ? found.get(0) : found.get(0).foldedBy(period);
  }
}
