package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.OpenOptions.Access;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes a database to a portable file. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description = {
      "Writes the whole database to one portable file, also while a server has it open.",
      "The file has gzip-compressed lines of JSON; 'restore' creates a database from it."
    })
final class ExportCommand extends Verb {
  @Parameters(paramLabel = "FILE", description = "The file to create; it must not exist.")
  private Path file;

  @Override
  public Integer call() {
    AtomicLong series = new AtomicLong();
    try (EmbeddedTsdb database = DatabaseLocation.open(database(), Access.READ_ONLY);
        ProgressMeter progress =
            ProgressMeter.start("export", database.stats().series(), " series", 1)) {
      database.export(
          file,
          (written, of) -> {
            series.set(written);
            progress.to(written);
          });
    }
    print(
        VerbOutput.of(
                JsonNodeFactory.instance
                    .objectNode()
                    .put("file", file.toString())
                    .put("series", series.get()),
                Table.ofOne(List.of("file", "series"), List.of(file.toString(), series.toString())))
            .inWords("exported " + series + " series to " + file));
    return 0;
  }
}
