package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.protocol.Secrets;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;

/** The command {@code tsdb}. */
public final class Main {
  /** The verbs, in the order of the help text. */
  private static final List<Class<?>> VERBS =
      List.of(
          DemoCommand.class,
          CreateCommand.class,
          ImportCommand.class,
          GenerateCommand.class,
          SimilarCommand.class,
          GetCommand.class,
          InsertCommand.class,
          DeleteCommand.class,
          ListCommand.class,
          StatsCommand.class,
          AttributesCommand.class,
          VantagePointsCommand.class,
          CacheCommand.class,
          VerifyCommand.class,
          BackupCommand.class,
          ExportCommand.class,
          RestoreCommand.class,
          HelpCommand.class);

  private Main() {}

  /**
   * Runs the command and ends the process with its exit code.
   *
   * @param arguments options, a verb and its parameters
   */
  public static void main(String[] arguments) {
    StandardOutput out = new StandardOutput();
    CommandLine command =
        commandLine()
            .setOut(new PrintWriter(out, false, StandardCharsets.UTF_8))
            .setErr(Secrets.of(arguments, System.getenv()).over(System.err));
    int code = execute(command, arguments);
    command.getOut().flush();
    if (code == CommandLine.ExitCode.OK && out.problem().isPresent()) {
      command.getErr().println(Failure.lostOutput(out.problem().get()));
      code = Failure.REQUEST_FAILED;
    }
    System.exit(code);
  }

  private static int execute(CommandLine command, String[] arguments) {
    try {
      return command.execute(arguments);
    } catch (Error e) {
      command.getErr().println(Failure.words(e));
      return Failure.REQUEST_FAILED;
    }
  }

  static CommandLine commandLine() {
    CommandLine command = new CommandLine(new TsdbCommand());
    VERBS.forEach(command::addSubcommand);
    return command
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(Failure::badUsage)
        .setExecutionExceptionHandler(Failure::failed);
  }
}
