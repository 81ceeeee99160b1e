package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.format.FileReport;
import dev.vantage.tsdb.format.FormatDetector;
import dev.vantage.tsdb.format.FormatError;
import dev.vantage.tsdb.format.ReadOptions;
import dev.vantage.tsdb.format.SeriesSink;
import dev.vantage.tsdb.format.SourceLine;
import dev.vantage.tsdb.language.Files;
import dev.vantage.tsdb.series.InvalidSeriesException;
import dev.vantage.tsdb.series.SeriesEntry;
import dev.vantage.tsdb.series.TimeSeries;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files that programs read: each with one series, in any format that is recognized. */
final class ProgramFiles implements Files {
  @Override
  public TimeSeries read(String name) throws IOException {
    Found found = new Found();
    try {
      FormatDetector.read(Path.of(name), ReadOptions.defaults(), found);
    } catch (InvalidPathException e) {
      throw new IOException("file must have a name: file=" + name, e);
    } catch (IOException e) {
      throw new IOException(Failure.problem(e), e);
    }
    return found.only(name);
  }

  /** The series of a file. */
  private static final class Found implements SeriesSink {
    private final List<TimeSeries> first = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private long count;

    @Override
    public void accept(SeriesEntry entry, SourceLine origin) {
      count++;
      if (first.isEmpty()) {
        first.add(entry.series());
      }
    }

    @Override
    public void reject(FormatError error) {
      if (errors.isEmpty()) {
        errors.add(error.toString());
      }
    }

    @Override
    public void finished(FileReport report) {
      // Programs have no place for notes about a file.
    }

    TimeSeries only(String name) {
      if (!errors.isEmpty()) {
        throw new InvalidSeriesException(errors.get(0));
      }
      if (count != 1) {
        throw new InvalidSeriesException(
            "file must have one series: file=" + name + ", series=" + count);
      }
      return first.get(0);
    }
  }
}
