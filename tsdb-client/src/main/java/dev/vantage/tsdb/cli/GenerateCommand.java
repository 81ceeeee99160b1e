package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vantage.tsdb.format.Generator;
import dev.vantage.tsdb.format.WideWriter;
import dev.vantage.tsdb.series.SeriesEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes noisy bumps to a file. */
@Command(
    name = "generate",
    description = {
      "Writes noisy bumps to a file.",
      "The file is fit for 'tsdb import --as wide'. Same count and seed, same bytes."
    })
final class GenerateCommand extends Verb {
  private static final String STANDARD_OUTPUT = "-";

  @Option(names = "--count", required = true, paramLabel = "N", description = "How many series.")
  private int count;

  @Option(names = "--seed", required = true, paramLabel = "S", description = "The random seed.")
  private long seed;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The file to write; - writes to standard output.")
  private String output;

  @Override
  public Integer call() throws IOException {
    Iterator<SeriesEntry> series = Generator.generate(count, seed);
    boolean toStandardOutput = output.equals(STANDARD_OUTPUT);
    try (WideWriter writer =
        toStandardOutput ? new WideWriter(out()) : WideWriter.to(Path.of(output))) {
      while (series.hasNext() && !(toStandardOutput && out().checkError())) {
        writer.write(series.next());
      }
    }
    if (!toStandardOutput) {
      print(answer());
    }
    return ExitCodes.ANSWERED;
  }

  private Answer answer() {
    return Answer.of(
            JsonNodeFactory.instance.objectNode().put("count", count).put("output", output),
            Table.ofOne(List.of("count", "output"), List.of(Integer.toString(count), output)))
        .inWords("wrote " + count + " series to " + output);
  }
}
