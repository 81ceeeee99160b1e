package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.op.Delete;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes a series. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description = "Removes a series. If it is a vantage point, another series replaces it.")
final class DeleteCommand extends Verb.Writing {
  @Parameters(paramLabel = "ID", description = "The id of the series.")
  private String id;

  @Override
  VerbOutput change(Tsdb database) {
    database.delete(id);
    return VerbOutput.of(Delete.payload(id).toTree(), Table.ofOne(List.of("id"), List.of(id)))
        .inWords("deleted " + id);
  }
}
