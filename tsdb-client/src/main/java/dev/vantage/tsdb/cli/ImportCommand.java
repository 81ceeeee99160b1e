package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.OutcomeUnknownException;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.format.AttributeFile;
import dev.vantage.tsdb.format.FileFormat;
import dev.vantage.tsdb.format.FirstColumn;
import dev.vantage.tsdb.format.LightCurveColumns;
import dev.vantage.tsdb.format.Periods;
import dev.vantage.tsdb.format.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds all series of many files. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description = {
      "Adds the series in files, and in the files of directories.",
      "Bad rows, and series that are too long for a server, are reported and left out; the exit",
      "code is then 1. If the connection breaks, it may be unknown whether some series are",
      "stored: import the same files again with --replace."
    },
    sortOptions = false)
final class ImportCommand extends Verb {
  private static final long KILOBYTE = 1000;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files and directories.")
  private List<Path> files;

  @Option(
      names = "--as",
      paramLabel = "FORMAT",
      description = {
        "columns, wide, ts or light-curve; by default ts for files that end in .ts,",
        "columns for all others."
      })
  private @Nullable String format;

  @Option(
      names = "--first-column",
      paramLabel = "WHAT",
      defaultValue = "id",
      description =
          "The content of the first column of wide files: id, label or value (default id).")
  private String firstColumn;

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      defaultValue = "time",
      description = "The column of times of light curves (default ${DEFAULT-VALUE}).")
  private String time;

  @Option(
      names = "--value",
      paramLabel = "COLUMN",
      defaultValue = "mag",
      description = "The column of values of light curves (default ${DEFAULT-VALUE}).")
  private String value;

  @Option(
      names = "--group-by",
      paramLabel = "COLUMN",
      description = "The column of light curves that splits a file into series <file>_<group>.")
  private @Nullable String groupBy;

  @Option(
      names = "--only",
      paramLabel = "GROUP",
      description = "Imports only this group of light curves.")
  private @Nullable String only;

  @Option(
      names = "--attribute-columns",
      paramLabel = "NAME[=COLUMN]",
      split = ",",
      description = {
        "Columns of light curves that become attributes. The value must be the same in all rows",
        "of a series. Numbers are doubles, unless the attribute is declared as long."
      })
  private List<String> attributeColumns = List.of();

  @Option(
      names = "--periods",
      paramLabel = "FILE",
      description = "The periods of light curves: file names without extension, and periods.")
  private @Nullable Path periods;

  @ArgGroup(exclusive = false, heading = "%nAttributes of the series:%n")
  private @Nullable AttributesOption attributes;

  @Option(names = "--replace", description = "Replaces series with the same ids.")
  private boolean replace;

  @Override
  public Integer call() throws IOException {
    if (only != null && groupBy == null) {
      throw badUsage("--only needs --group-by");
    }
    FileFormat given = format == null ? null : formatOf(format);
    ReadOptions options = ReadOptions.defaults().withFirstColumn(firstColumnOf(firstColumn));
    List<Path> all = expanded();
    long bytes = all.stream().mapToLong(ImportCommand::size).sum();
    try (Tsdb database = openForWriting()) {
      ImportSink sink = new ImportSink(database, replace, Optional.ofNullable(only), err());
      options = options.withLightCurve(lightCurve(sink));
      ImportAttributes completing = attributes(database, options.lightCurve(), sink);
      sink.complete(completing);
      // Acknowledged series stay stored when the user stops the import.
      Thread farewell = new Thread(() -> err().println("interrupted; " + sink.stop()));
      Runtime.getRuntime().addShutdownHook(farewell);
      try (ProgressMeter progress = progress("import", bytes, " kB", KILOBYTE)) {
        readAll(all, given, options, sink, progress);
      } catch (RuntimeException e) {
        err().println("stopped; " + sink.unfinished());
        throw e;
      } finally {
        forget(farewell);
      }
      sink.tellTaken();
      print(answer(sink).withWarnings(completing.summary()));
      if (sink.unknown() > 0) {
        throw new OutcomeUnknownException(
            OutcomeUnknownException.RULE
                + "; hint: import the same files with --replace: series="
                + sink.unknown());
      }
      if (sink.refused() > 0) {
        throw new InvalidRequestException(
            "every series must be accepted; all others are stored: refused="
                + sink.refused()
                + sink.takenHint());
      }
      return 0;
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the shutdown hook is running.
    }
  }

  private void readAll(
      List<Path> all,
      @Nullable FileFormat given,
      ReadOptions options,
      ImportSink sink,
      ProgressMeter progress)
      throws IOException {
    long before = 0;
    for (int i = 0; i < all.size(); i++) {
      Path file = all.get(i);
      long begin = before;
      FileFormat fileFormat = given != null ? given : FileFormat.ofFileName(file);
      sink.beginFile(file, all.size() - i - 1);
      try {
        fileFormat.read(file, options.withProgress(read -> progress.to(begin + read)), sink);
      } catch (IOException e) {
        sink.unreadable(e);
      }
      before += size(file);
    }
    sink.flush();
  }

  private FileFormat formatOf(String label) {
    try {
      return FileFormat.ofLabel(label);
    } catch (IllegalArgumentException e) {
      throw badUsage(e.getMessage());
    }
  }

  private FirstColumn firstColumnOf(String label) {
    try {
      return FirstColumn.ofLabel(label);
    } catch (IllegalArgumentException e) {
      throw badUsage(e.getMessage());
    }
  }

  private LightCurveColumns lightCurve(ImportSink sink) throws IOException {
    Optional<Periods> known =
        periods == null
            ? Optional.empty()
            : Optional.of(Periods.read(periods, Optional.empty(), sink::reject));
    return new LightCurveColumns(
        time,
        value,
        Optional.ofNullable(groupBy),
        known,
        AttributesOption.byAttribute(attributeColumns));
  }

  private ImportAttributes attributes(Tsdb database, LightCurveColumns curves, ImportSink sink)
      throws IOException {
    Optional<AttributeFile> table = Optional.empty();
    if (attributes != null) {
      table =
          Optional.of(
              AttributeFile.read(
                  attributes.file(),
                  attributes.columns(),
                  database.attributeTypes(),
                  sink::reject));
    }
    return ImportAttributes.declared(database, table, curves);
  }

  /** Returns the files to import. Each directory is replaced by its files, in order. */
  private List<Path> expanded() throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path file : files) {
      if (Files.isDirectory(file)) {
        try (Stream<Path> inside = Files.list(file)) {
          inside.filter(Files::isRegularFile).sorted().forEach(all::add);
        }
      } else {
        all.add(file);
      }
    }
    return all;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0; // reading the file will report the problem
    }
  }

  private static VerbOutput answer(ImportSink sink) {
    return VerbOutput.of(
            JsonNodeFactory.instance
                .objectNode()
                .put("imported", sink.imported())
                .put("replaced", sink.replaced())
                .put("refused", sink.refused())
                .put("unknown", sink.unknown()),
            Table.ofOne(
                List.of("imported", "replaced", "refused", "unknown"),
                List.of(
                    Long.toString(sink.imported()),
                    Long.toString(sink.replaced()),
                    Long.toString(sink.refused()),
                    Long.toString(sink.unknown()))))
        .inWords(sink.summary());
  }
}
