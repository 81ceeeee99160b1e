package dev.vantage.tsdb.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program without a verb: what all verbs share. */
@Command(
    name = "tsdb",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    synopsisSubcommandLabel = "COMMAND",
    description = "Finds the stored time series that look like a given one, whatever their phase.",
    subcommands = {
      CreateCommand.class,
      ImportCommand.class,
      GenerateCommand.class,
      SimilarCommand.class,
      GetCommand.class,
      InsertCommand.class,
      DeleteCommand.class,
      ListCommand.class,
      StatsCommand.class,
      VantagePointsCommand.class,
      VerifyCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      DemoCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "The database is in a directory (--db) or behind a server (--server);",
      "without either, behind the server that $TSDB_SERVER names, or 127.0.0.1:7207.",
      "Exit codes: 0 answered, 1 request failed, 2 bad usage, 3 no connection."
    })
final class TsdbCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--db",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "The directory of the database.")
  private Path directory;

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      scope = ScopeType.INHERIT,
      description = "The server that serves the database.")
  private String server;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      description = "How answers are printed: ${COMPLETION-CANDIDATES}; default table.")
  private OutputFormat format;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  OutputFormat format() {
    return format == null ? OutputFormat.TABLE : format;
  }

  /**
   * Where the database is.
   *
   * @throws IllegalArgumentException if that is not said rightly
   */
  Location location() {
    return Location.of(Optional.ofNullable(directory), Optional.ofNullable(server));
  }
}
