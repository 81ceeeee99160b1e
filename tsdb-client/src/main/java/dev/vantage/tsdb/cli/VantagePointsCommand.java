package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.Payloads;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists or adds vantage points. */
@Command(
    name = "vantage-points",
    description = "Lists or adds vantage points.",
    synopsisSubcommandLabel = "(list | add ID)",
    subcommands = {VantagePointsCommand.ListAll.class, VantagePointsCommand.Add.class})
final class VantagePointsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "vantage-points needs 'list' or 'add ID'");
  }

  /** Lists them. */
  @Command(name = "list", description = "Lists them in the order they were chosen.")
  static final class ListAll extends Verb.Reading {
    @Override
    Answer ask(Tsdb database) {
      List<String> ids = database.stats().vantagePoints();
      return Answer.of(
          Payloads.ids(ids), Table.of(List.of("id"), ids.stream().map(List::of).toList()));
    }
  }

  /** Adds one. */
  @Command(name = "add", description = "Makes a stored series a vantage point.")
  static final class Add extends Verb.Writing {
    @Parameters(paramLabel = "ID", description = "The id of the series.")
    private String id;

    @Override
    Answer change(Tsdb database) {
      int count = database.addVantagePoint(id);
      return Answer.of(
              Payloads.vantagePointAdded(id, count),
              Table.ofOne(List.of("id", "vantage_points"), List.of(id, Integer.toString(count))))
          .inWords("added " + id + ": there are " + count + " vantage points now");
    }
  }
}
