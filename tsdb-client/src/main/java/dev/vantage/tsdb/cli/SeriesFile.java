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
import picocli.CommandLine.Option;

/** The options that name a file of two columns, or standard input. */
final class SeriesFile {
  private static final String STANDARD_INPUT = "-";

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "A file of two columns, time and value; - reads standard input.")
  private String file;

  @Option(
      names = "--period",
      paramLabel = "P",
      description = "The period by which the times of the file are folded.")
  private Double period;

  boolean isGiven() {
    return file != null;
  }

  boolean hasPeriod() {
    return period != null;
  }

  /** The series in the file. */
  TimeSeries read() {
    Single found = new Single();
    try {
      if (file.equals(STANDARD_INPUT)) {
        FileFormat.COLUMNS.read(
            System.in, "standard input", "input", ReadOptions.defaults(), found);
      } else {
        FileFormat.COLUMNS.read(Path.of(file), ReadOptions.defaults(), found);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    TimeSeries series = found.series();
    return period == null ? series : series.foldedBy(period);
  }

  /** Takes the one series that a file of columns holds. */
  private static final class Single implements SeriesSink {
    private final List<TimeSeries> series = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();

    @Override
    public void accept(SeriesEntry entry, long line) {
      series.add(entry.series());
    }

    @Override
    public void reject(FormatError error) {
      errors.add(error.toString());
    }

    TimeSeries series() {
      if (!errors.isEmpty()) {
        throw new InvalidSeriesException(String.join("\n", errors));
      }
      return series.get(0);
    }
  }
}
