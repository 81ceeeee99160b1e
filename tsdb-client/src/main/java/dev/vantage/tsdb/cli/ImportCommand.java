package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.format.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stores the series that files hold. */
@Command(
    name = "import",
    description = {
      "Stores the series that files hold.",
      "Bad rows are reported by file and line, good ones kept; then the exit code is 1."
    })
final class ImportCommand extends Verb {
  private static final long MEGABYTE = 1 << 20;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "A file, or a directory whose files are all read.")
  private List<Path> paths;

  @Mixin private FormatOptions format;

  @Option(names = "--replace", description = "Puts series in the place of those with their ids.")
  private boolean replace;

  @Override
  void check() {
    format.check();
  }

  @Override
  public Integer call() throws IOException {
    check();
    List<Path> files = files();
    ImportTally tally;
    try (Tsdb database = location().openForWriting();
        Progress progress = Progress.of("import", totalSize(files), MEGABYTE, " MB", err())) {
      Importer importer = new Importer(database, replace, progress::println);
      tally = importAll(files, importer, progress);
    }
    print(tally.answer());
    if (!tally.isClean()) {
      throw new InvalidRequestException("every series must be good, the others are kept: " + tally);
    }
    return ExitCodes.ANSWERED;
  }

  private ImportTally importAll(List<Path> files, Importer importer, Progress progress)
      throws IOException {
    Thread interrupted =
        new Thread(() -> progress.println("interrupted: " + importer.stop()), "tsdb-interrupted");
    Runtime.getRuntime().addShutdownHook(interrupted);
    try {
      ReadOptions options = format.readOptions(importer::refuse);
      long before = 0;
      for (Path file : files) {
        long start = before;
        read(file, importer, options.withProgress(bytes -> progress.reach(start + bytes)));
        before += size(file);
      }
      importer.flush();
      return importer.tally();
    } catch (IOException | RuntimeException e) {
      progress.println("stopped: " + importer.tally());
      throw e;
    } finally {
      forget(interrupted);
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook tells of it.
    }
  }

  private void read(Path file, Importer importer, ReadOptions options) {
    try {
      format.formatOf(file).read(file, options, importer.sink(file, format));
    } catch (IOException e) {
      importer.unreadable(file, ExitCodes.problem(e));
    }
  }

  /** The files to read: of a directory, its regular files in the order of their names. */
  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        try (Stream<Path> inside = Files.list(path)) {
          inside.filter(Files::isRegularFile).sorted().forEach(files::add);
        }
      } else {
        files.add(path);
      }
    }
    return files;
  }

  private static long totalSize(List<Path> files) {
    return files.stream().mapToLong(ImportCommand::size).sum();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      // Reading it says what is wrong.
      return 0;
    }
  }
}
