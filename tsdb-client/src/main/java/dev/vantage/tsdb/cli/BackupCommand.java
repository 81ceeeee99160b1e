package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.OpenOptions.Access;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Copies the database to one file. */
@Command(
    name = "backup",
    description = "Copies the database in a directory to one file, also beside a running server.")
final class BackupCommand extends Verb {
  @Parameters(paramLabel = "FILE", description = "The file to make; must not exist.")
  private Path file;

  @Override
  public Integer call() {
    try (EmbeddedTsdb database = Location.open(directory(), Access.READ_ONLY)) {
      database.backup(file);
    }
    print(
        Answer.of(
                JsonNodeFactory.instance.objectNode().put("file", file.toString()),
                Table.ofOne(List.of("file"), List.of(file.toString())))
            .inWords("made " + file));
    return ExitCodes.ANSWERED;
  }
}
