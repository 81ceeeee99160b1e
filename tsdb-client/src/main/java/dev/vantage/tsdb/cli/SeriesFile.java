package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.format.FileReport;
import dev.vantage.tsdb.format.FormatError;
import dev.vantage.tsdb.format.ReadOptions;
import dev.vantage.tsdb.format.SeriesSink;
import dev.vantage.tsdb.format.SourceLine;
import dev.vantage.tsdb.series.InvalidSeriesException;
import dev.vantage.tsdb.series.SeriesEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that name a file with one series, or choose one of several. */
final class SeriesFile {
  private static final int MOST_NAMED = 5;

  /** The usual case: a two-column file. It is not reported. */
  private static final String PLAIN = " as columns (time, value)";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description =
          "A file with one series, or several of which --only takes one; - is standard "
              + "input. The options of import say how it is read.")
  private @Nullable Path file;

  @Mixin private FileOptions options;

  boolean isGiven() {
    return file != null;
  }

  /** Refuses, before anything is read, options without a file, or without effect on it. */
  void check() {
    if (file == null && options.areGiven()) {
      throw new ParameterException(
          spec.commandLine(), options.firstGiven() + " is for a file: --file is missing");
    }
    if (file != null) {
      options.check(List.of(file));
    }
  }

  /** Reads the series. */
  FileSeries read() {
    Path source = Objects.requireNonNull(file, "file");
    Found found = new Found();
    List<String> notes = new ArrayList<>();
    ReadOptions how;
    try {
      how = options.read(error -> notes.add(error.toString()));
      options.read(source, how, found);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SeriesEntry entry = found.only(source, options.chosen().isPresent(), notes);
    if (options.format().isEmpty()) {
      found.notes.readAs().stream().filter(line -> !line.endsWith(PLAIN)).forEach(notes::add);
    }
    notes.addAll(found.notes.dropped());
    notes.addAll(found.notes.notes());
    return new FileSeries(entry, how, notes);
  }

  /** The series of the file, of which the first is kept. */
  private static final class Found implements SeriesSink {
    private final ReadNotes notes = new ReadNotes();
    private final List<String> ids = new ArrayList<>();
    private Optional<SeriesEntry> first = Optional.empty();
    private Optional<FormatError> error = Optional.empty();
    private long count;

    @Override
    public void accept(SeriesEntry entry, SourceLine origin) {
      count++;
      if (first.isEmpty()) {
        first = Optional.of(entry);
      }
      if (ids.size() < MOST_NAMED) {
        ids.add(entry.id());
      }
    }

    @Override
    public void reject(FormatError one) {
      if (error.isEmpty()) {
        error = Optional.of(one);
      }
    }

    @Override
    public void finished(FileReport report) {
      notes.add(report);
    }

    /**
     * Returns the series.
     *
     * @param isChosen whether the user chose a series, so that errors of other series do not matter
     * @param ofTable the errors of the table of periods, which may be why there is no series
     */
    SeriesEntry only(Path file, boolean isChosen, List<String> ofTable) {
      if (error.isPresent() && !(isChosen && count == 1)) {
        throw new InvalidSeriesException(
            error.get() + (ofTable.isEmpty() ? "" : "; periods: " + ofTable.get(0)));
      }
      if (count == 1) {
        return first.orElseThrow();
      }
      throw new InvalidSeriesException(
          "file must have one series, or --only ID must choose one: file="
              + file
              + ", series="
              + count
              + (ids.isEmpty() ? "" : ", ids=" + String.join(", ", ids))
              + (count > ids.size() ? ", ..." : ""));
    }
  }
}
