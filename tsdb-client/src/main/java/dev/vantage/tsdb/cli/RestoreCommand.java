package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.EmbeddedTsdb;
import dev.vantage.tsdb.OpenOptions.Access;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes a database from a backup. */
@Command(
    name = "restore",
    description = "Makes a database from a backup, in a directory that holds none.")
final class RestoreCommand extends Verb {
  @Parameters(paramLabel = "FILE", description = "The backup.")
  private Path file;

  @Override
  public Integer call() {
    Path directory = directory();
    EmbeddedTsdb.restore(file, directory);
    try (EmbeddedTsdb database = Location.open(directory, Access.READ_ONLY)) {
      print(StatsCommand.answer(database.stats()));
    }
    return ExitCodes.ANSWERED;
  }
}
