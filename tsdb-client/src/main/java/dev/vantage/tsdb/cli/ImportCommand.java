package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.OpenOptions.Access;
import dev.vantage.tsdb.OutcomeUnknownException;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.format.AttributeFile;
import dev.vantage.tsdb.format.FormatError;
import dev.vantage.tsdb.format.ReadOptions;
import dev.vantage.tsdb.series.AttributeTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds all series of many files. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description =
        "Adds the series in files; directories stand for the files in them, - for "
            + "standard input. Packed files (gzip, zip) are read as what is inside. Makes a "
            + "database in the directory of --db if there is none. Bad rows are reported and "
            + "left out. Exit code 1 if a series was refused or none was found. Series that "
            + "are too long for the server are refused. If the connection breaks, the outcome "
            + "of some series is unknown; import the same files again with --replace.",
    sortOptions = false)
final class ImportCommand extends Verb {
  private static final long KILOBYTE = 1000;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files and directories.")
  private List<Path> files;

  @Option(
      names = "--no-recursive",
      description = "Reads the files of directories, but not those of the directories in them.")
  private boolean flat;

  @Mixin private FileOptions reading;

  @ArgGroup(exclusive = false, heading = "%nAttributes of the series:%n")
  private @Nullable AttributesOption attributes;

  @Option(
      names = "--if-exists",
      paramLabel = "WHAT",
      description =
          "What becomes of a series whose id is taken: fail refuses it (the default), "
              + "skip leaves the stored one, replace takes its place.")
  private @Nullable IfExists ifExists;

  @Option(names = "--replace", description = "Short for --if-exists replace.")
  private boolean replace;

  @Option(
      names = "--rejects",
      paramLabel = "FILE",
      description = "Writes rejected lines to this file, each under a comment with the reason.")
  private @Nullable Path rejects;

  private boolean hasMadeDatabase;

  @Override
  public Integer call() throws IOException {
    if (replace && ifExists != null && ifExists != IfExists.REPLACE) {
      throw badUsage("--replace is short for --if-exists replace, and must not be beside another");
    }
    checkRejects();
    ImportFiles all = ImportFiles.of(files, !flat, this::isRejects);
    reading.check(all.files());
    checkTables();
    try (Tsdb database = openOrMake(all.files())) {
      ImportSink sink = new ImportSink(database, chosenIfExists(), err());
      if (rejects == null) {
        return importAll(all, database, sink);
      }
      try (RejectedLines lines = RejectedLines.to(rejects)) {
        sink.rejectTo(lines);
        return importAll(all, database, sink);
      }
    }
  }

  private void checkRejects() {
    if (rejects != null && isStandardInput(rejects)) {
      throw badUsage("--rejects must be a file, not standard output: file=-");
    }
    Optional<Path> input = files.stream().filter(this::isRejects).findFirst();
    if (input.isPresent()) {
      throw badUsage("--rejects must be none of the files to import: file=" + input.get());
    }
  }

  private boolean isRejects(Path one) {
    return rejects != null && RejectedLines.isOf(rejects, one);
  }

  /** Reads the tables of facts before a database is made, so that it is not made in vain. */
  private void checkTables() throws IOException {
    Optional<String> database = location().database();
    if (database.isEmpty() || DatabaseLocation.exists(database.get())) {
      return;
    }
    ReadOptions options = reading.read(error -> {});
    if (attributes != null) {
      AttributeFile.read(
          attributes.file(),
          attributes.columns(),
          AttributeTypes.noneDeclared(),
          options,
          error -> {});
    }
  }

  private IfExists chosenIfExists() {
    if (replace) {
      return IfExists.REPLACE;
    }
    return ifExists == null ? IfExists.FAIL : ifExists;
  }

  /** Opens the database. Makes one in a directory that has none, if there is a file to import. */
  private Tsdb openOrMake(List<Path> all) {
    Optional<String> database = location().database();
    boolean hasFiles = all.stream().anyMatch(file -> isStandardInput(file) || Files.exists(file));
    if (database.isEmpty() || !hasFiles || DatabaseLocation.exists(database.get())) {
      return openForWriting();
    }
    Tsdb made = DatabaseLocation.open(database.get(), Access.CREATE);
    hasMadeDatabase = true;
    err().println("made a database in " + EmbeddedTsdb.shown(database.get()));
    err().flush();
    return made;
  }

  private static boolean isStandardInput(Path file) {
    return file.equals(FileOptions.STANDARD_INPUT);
  }

  private int importAll(ImportFiles all, Tsdb database, ImportSink sink) throws IOException {
    List<FormatError> tableErrors = new ArrayList<>();
    Consumer<FormatError> report = tableErrors::add;
    ReadOptions options = reading.read(report);
    ImportAttributes completing = attributes(database, options, report);
    tableErrors.forEach(sink::reject);
    sink.complete(completing);
    // Acknowledged series stay stored when the user stops the import.
    Thread farewell = new Thread(() -> tellEnd("interrupted; " + sink.stop(), sink));
    Runtime.getRuntime().addShutdownHook(farewell);
    long bytes = all.files().stream().mapToLong(ImportFiles::size).sum();
    try (ProgressMeter progress = progress("import", bytes, " kB", KILOBYTE)) {
      readAll(all.files(), options, sink, progress);
    } catch (RuntimeException e) {
      tellEnd("stopped; " + sink.unfinished(), sink);
      throw e;
    } finally {
      forget(farewell);
    }
    print(sink.counts().answer().withWarnings(warnings(all, sink, completing)));
    if (hasMadeDatabase && sink.counts().imported() == 0) {
      err()
          .println(
              "the new database is empty: remove its directory to create it with other settings");
    }
    check(all, sink, tableErrors.size());
    return 0;
  }

  /** Says how far the import came that ends now: in a line, and as a document if that is wanted. */
  private void tellEnd(String line, ImportSink sink) {
    sink.repeatedInWords().forEach(err()::println);
    err().println(line);
    if (format() == OutputFormat.JSON) {
      print(sink.counts().answerUpTo(sink.position()));
    }
    err().flush();
  }

  private List<String> warnings(ImportFiles all, ImportSink sink, ImportAttributes completing) {
    List<String> lines = new ArrayList<>(sink.repeatedInWords());
    if (reading.format().isEmpty()) {
      lines.addAll(sink.notes().readAs());
    }
    lines.addAll(sink.notes().dropped());
    lines.addAll(sink.notes().notes());
    lines.add(all.skippedInWords());
    lines.addAll(completing.summary());
    lines.add(sink.takenInWords());
    lines.removeIf(String::isEmpty);
    return lines;
  }

  private void check(ImportFiles all, ImportSink sink, int tableErrors) {
    ImportCounts counts = sink.counts();
    if (counts.unknown() > 0) {
      throw new OutcomeUnknownException(
          OutcomeUnknownException.RULE
              + "; hint: import the same files with --replace: series="
              + counts.unknown());
    }
    if (counts.refused() > 0) {
      String others = counts.met() == counts.refused() ? "" : "; all others are stored";
      throw new InvalidRequestException(
          "every series must be accepted" + others + ": refused=" + counts.refused());
    }
    if (tableErrors > 0) {
      throw new InvalidRequestException(
          "every row about series must be good; all series are stored: bad rows=" + tableErrors);
    }
    if (counts.met() == 0) {
      throw new InvalidRequestException(
          "import must find at least 1 series: files="
              + all.files().size()
              + reading.chosen().map(one -> ", only='" + one + "'").orElse("")
              + (all.skipped().isEmpty() ? "" : ", " + all.skippedInWords()));
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the shutdown hook is running.
    }
  }

  private void readAll(List<Path> all, ReadOptions options, ImportSink sink, ProgressMeter progress)
      throws IOException {
    long before = 0;
    for (int i = 0; i < all.size(); i++) {
      Path file = all.get(i);
      long begin = before;
      sink.beginFile(file, all.size() - i - 1);
      ReadOptions counted =
          options.withProgress(
              read -> {
                progress.to(begin + read);
                progress.tell(sink.read() + " series");
              });
      try {
        reading.read(file, counted, sink);
      } catch (IOException e) {
        sink.unreadable(e);
      }
      before += ImportFiles.size(file);
    }
    progress.tell("storing " + sink.read() + " series");
    sink.flush();
  }

  private ImportAttributes attributes(
      Tsdb database, ReadOptions options, Consumer<FormatError> errors) throws IOException {
    Optional<AttributeFile> table = Optional.empty();
    if (attributes != null) {
      table =
          Optional.of(
              AttributeFile.read(
                  attributes.file(),
                  attributes.columns(),
                  database.attributeTypes(),
                  options,
                  errors));
    }
    return ImportAttributes.declared(database, table, options);
  }
}
