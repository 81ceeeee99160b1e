package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.InvalidRequestException;
import dev.vantage.tsdb.protocol.Secrets;
import dev.vantage.tsdb.protocol.StandardError;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;

/** The command {@code tsdb}. */
public final class Main {
  private static final String LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

  private Main() {}

  /**
   * Runs the command and ends the process with its exit code.
   *
   * @param arguments options, a verb and its parameters
   */
  public static void main(String[] arguments) {
    StandardError.use();
    StandardOutput out = new StandardOutput();
    PrintWriter printed = new PrintWriter(out, false, StandardCharsets.UTF_8);
    int code = CommandLine.ExitCode.OK;
    if (Verbs.asksForVersionAlone(arguments)) {
      // Parsing would take longer than the rest.
      printed.println(TsdbCommand.Version.line());
    } else {
      if (Verbs.isVerbose(arguments)) {
        // The level is read once, when the first logger is made.
        System.setProperty(LOG_LEVEL, "info");
      }
      PrintWriter err = Secrets.of(arguments, System.getenv()).over(System.err);
      code = run(arguments, System.getenv(), printed, err);
    }
    printed.flush();
    if (code == CommandLine.ExitCode.OK && out.isLost()) {
      System.err.println(Failure.lostOutput(out.problem().orElseThrow()));
      code = Failure.REQUEST_FAILED;
    }
    System.exit(code);
  }

  /**
   * Runs the command.
   *
   * @param given the arguments
   * @param environment the environment, which may set more
   * @param out where answers go
   * @param err where failures and warnings go
   * @return the exit code
   */
  static int run(
      String[] given, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    try {
      UserSettings.Arguments arguments = UserSettings.read(environment).complete(given);
      CommandLine command = commandLine(Verbs.neededFor(arguments.words())).setOut(out).setErr(err);
      if (Verbs.asksForHelp(arguments.words())) {
        HelpText.complete(command, environment.getOrDefault("COLUMNS", ""));
      }
      FailureHandler failures = new FailureHandler(arguments.origins());
      command
          .setExecutionStrategy(new Execution(arguments.origins()))
          .setParameterExceptionHandler(failures)
          .setExecutionExceptionHandler(failures);
      return command.execute(arguments.words());
    } catch (InvalidRequestException e) {
      err.println("tsdb: " + e.getMessage());
      return Failure.BAD_USAGE;
    } catch (Error e) {
      err.println(Failure.words(e));
      return Failure.REQUEST_FAILED;
    }
  }

  /** Returns the command with all its verbs and their help. */
  static CommandLine commandLine() {
    CommandLine command = commandLine(Verbs.ALL);
    HelpText.complete(command, "");
    return command;
  }

  private static CommandLine commandLine(Map<String, Class<?>> verbs) {
    CommandLine command = new CommandLine(new TsdbCommand());
    for (Class<?> verb : verbs.values()) {
      command.addSubcommand(verb);
    }
    ArgumentTypes.register(command);
    return command.setCaseInsensitiveEnumValuesAllowed(true).setExpandAtFiles(false);
  }
}
