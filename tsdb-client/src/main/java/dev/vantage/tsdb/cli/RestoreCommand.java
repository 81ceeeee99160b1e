package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vantage.tsdb.EmbeddedTsdb;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes a database from a backup. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description = "Makes a database from a backup, in the directory that --db names.")
final class RestoreCommand extends Verb {
  @Parameters(paramLabel = "FILE", description = "The backup.")
  private Path file;

  @Override
  public Integer call() {
    Path directory = directory();
    EmbeddedTsdb.restore(file, directory);
    print(
        Answer.of(
                JsonNodeFactory.instance.objectNode().put("directory", directory.toString()),
                Table.ofOne(List.of("directory"), List.of(directory.toString())))
            .inWords("restored to " + directory));
    return 0;
  }
}
