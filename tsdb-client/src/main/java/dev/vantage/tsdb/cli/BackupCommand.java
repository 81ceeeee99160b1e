package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.OpenOptions.Access;
import dev.vantage.tsdb.client.TsdbClient;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Copies a database to a file. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description =
        "Copies the database in a directory, or of a server, to one file here, also "
            + "while it is in use. For a database in PostgreSQL use 'export'.")
final class BackupCommand extends Verb {
  @Parameters(paramLabel = "FILE", description = "The file to create; it must not exist.")
  private Path file;

  @Override
  public Integer call() {
    checkIsFile(file);
    if (isOnServer()) {
      try (TsdbClient client = connect()) {
        client.backup(file);
      }
    } else {
      backUp();
    }
    print(
        VerbOutput.of(
                JsonNodeFactory.instance.objectNode().put("file", file.toString()),
                TextTable.ofOne(List.of("file"), List.of(file.toString())))
            .inWords("backed up to " + file));
    return 0;
  }

  private void backUp() {
    try (EmbeddedTsdb database = DatabaseLocation.open(database(), Access.READ_ONLY)) {
      database.backup(file);
    }
  }
}
