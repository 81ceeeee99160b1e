package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vantage.tsdb.StorageUnavailableException;
import dev.vantage.tsdb.format.Generator;
import dev.vantage.tsdb.format.WideWriter;
import dev.vantage.tsdb.series.SeriesEntry;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Generates series. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description =
        "Writes a wide file of noisy bumps: 100 points each, normal densities of random "
            + "mean and width, plus noise. The same seed gives the same bytes.",
    sortOptions = false)
final class GenerateCommand extends Verb {
  @Option(
      names = "--count",
      paramLabel = "N",
      required = true,
      description = "The number of series, 0 to " + Generator.MAX_COUNT + ".")
  private int count;

  @Option(
      names = "--seed",
      paramLabel = "S",
      required = true,
      description = "The seed of the random numbers.")
  private long seed;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "The file to write; - is standard output.")
  private Path output;

  @Override
  public Integer call() throws IOException {
    if (count < 0 || count > Generator.MAX_COUNT) {
      throw badUsage("count must be from 0 to " + Generator.MAX_COUNT + ": count=" + count);
    }
    if (output.toString().equals("-")) {
      write(new WideWriter(out()), () -> !out().checkError());
      return 0;
    }
    try (WideWriter file = WideWriter.to(output)) {
      write(file, () -> true);
      file.finish();
    } catch (FileSystemException e) {
      throw e; // its message names the file
    } catch (IOException e) {
      throw new StorageUnavailableException(
          "file must be writable: file=" + output + ", problem=" + e.getMessage(), e);
    }
    print(
        VerbOutput.of(
                JsonNodeFactory.instance
                    .objectNode()
                    .put("file", output.toString())
                    .put("series", count),
                TextTable.ofOne(
                    List.of("file", "series"), List.of(output.toString(), Integer.toString(count))))
            .inWords("wrote " + count + " series to " + output));
    return 0;
  }

  private void write(WideWriter writer, BooleanSupplier going) throws IOException {
    Iterator<SeriesEntry> series = Generator.generate(count, seed);
    try (ProgressMeter progress = progress("generate", count, " series", 1)) {
      for (long done = 1; series.hasNext() && going.getAsBoolean(); done++) {
        writer.write(series.next());
        progress.to(done);
      }
    }
  }
}
