package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.op.AddVantagePoint;
import dev.vantage.tsdb.protocol.op.Ids;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists vantage points, or adds one. */
@Command(
    name = "vantage-points",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description = "Lists the vantage points, or adds one.",
    subcommands = {VantagePointsCommand.ListThem.class, VantagePointsCommand.Add.class})
final class VantagePointsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "list or add is missing");
  }

  /** Lists vantage points. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      versionProvider = TsdbCommand.Version.class,
      description = "Lists the ids of the vantage points, oldest first.")
  static final class ListThem extends Verb.Reading {
    @Override
    VerbOutput ask(Tsdb database) {
      List<String> ids = database.stats().vantagePoints();
      return VerbOutput.of(
          Ids.payload(ids).toTree(),
          new TextTable(List.of("id"), ids.stream().map(List::of).iterator()));
    }
  }

  /** Adds a vantage point. */
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      versionProvider = TsdbCommand.Version.class,
      description = "Makes a series a vantage point.")
  static final class Add extends Verb.Writing {
    @Parameters(paramLabel = "ID", description = "The id of the series.")
    private String id;

    @Override
    VerbOutput change(Tsdb database) {
      int count = database.addVantagePoint(id);
      return VerbOutput.of(
              AddVantagePoint.payload(id, count).toTree(),
              TextTable.ofOne(
                  List.of("id", "vantage_points"), List.of(id, Integer.toString(count))))
          .inWords("added " + id + "; vantage points: " + count);
    }
  }
}
