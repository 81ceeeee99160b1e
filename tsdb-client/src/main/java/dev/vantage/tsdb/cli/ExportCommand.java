package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.OpenOptions.Access;
import dev.vantage.tsdb.client.TsdbClient;
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
    description =
        "Writes the whole database to one portable file, also while it is in use. The "
            + "file has gzip-compressed lines of JSON; 'restore' creates a database from it.")
final class ExportCommand extends Verb {
  @Parameters(paramLabel = "FILE", description = "The file to create; it must not exist.")
  private Path file;

  @Override
  public Integer call() {
    checkIsFile(file);
    if (isOnServer()) {
      try (TsdbClient client = connect()) {
        client.export(file);
      }
      print(
          VerbOutput.of(
                  JsonNodeFactory.instance.objectNode().put("file", file.toString()),
                  TextTable.ofOne(List.of("file"), List.of(file.toString())))
              .inWords("exported to " + file));
      return 0;
    }
    return exportHere();
  }

  private int exportHere() {
    AtomicLong series = new AtomicLong();
    try (EmbeddedTsdb database = DatabaseLocation.open(database(), Access.READ_ONLY);
        ProgressMeter progress = progress("export", database.stats().series(), " series", 1)) {
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
                TextTable.ofOne(
                    List.of("file", "series"), List.of(file.toString(), series.toString())))
            .inWords("exported " + series + " series to " + file));
    return 0;
  }
}
