package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.format.FileReport;
import dev.vantage.tsdb.format.FormatError;
import dev.vantage.tsdb.format.SeriesSink;
import dev.vantage.tsdb.format.SourceLine;
import dev.vantage.tsdb.series.SeriesEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What the reader makes of a file, by the options of the command line. */
final class ReadFile implements SeriesSink {
  private final List<SeriesEntry> entries = new ArrayList<>();
  private final List<FormatError> errors = new ArrayList<>();
  private final ReadNotes notes = new ReadNotes();

  /** A verb that reads files, and does nothing with them. */
  @Command
  static final class Importing {
    @Mixin private FileOptions options;
  }

  private ReadFile() {}

  /** Reads a file like {@code tsdb import}; bad usage is thrown. */
  static ReadFile of(Path file, List<String> options) throws IOException {
    Importing verb = new Importing();
    new CommandLine(verb)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(options.toArray(String[]::new));
    verb.options.check(List.of(file));
    ReadFile read = new ReadFile();
    verb.options.read(file, verb.options.read(read::reject), read);
    return read;
  }

  @Override
  public void accept(SeriesEntry entry, SourceLine origin) {
    entries.add(entry);
  }

  @Override
  public void reject(FormatError error) {
    errors.add(error);
  }

  @Override
  public void finished(FileReport report) {
    notes.add(report);
  }

  List<SeriesEntry> entries() {
    return entries;
  }

  List<FormatError> errors() {
    return errors;
  }

  ReadNotes notes() {
    return notes;
  }

  /** All of it, for comparison. */
  String outcome() {
    StringBuilder text = new StringBuilder();
    for (SeriesEntry entry : entries) {
      text.append(entry.id())
          .append(Arrays.toString(entry.series().times()))
          .append(Arrays.toString(entry.series().values()))
          .append(entry.series().period())
          .append(entry.attributes())
          .append('\n');
    }
    return text + "" + errors + notes.dropped() + notes.notes();
  }
}
