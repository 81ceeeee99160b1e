package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.protocol.Secrets;
import dev.vantage.tsdb.protocol.StandardError;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;

/** The command {@code tsdb}. */
public final class Main {
  private Main() {}

  /**
   * Runs the command and ends the process with its exit code.
   *
   * @param arguments options, a verb and its parameters
   */
  public static void main(String[] arguments) {
    StandardError.use();
    if (arguments.length == 1 && Verbs.VERSION.contains(arguments[0])) {
      // The parser would take longer than all the rest.
      System.out.println(new TsdbCommand.Version().getVersion()[0]);
      return;
    }
    logWithLittle();
    StandardOutput out = new StandardOutput();
    CommandLine command =
        commandLine(Verbs.neededFor(arguments))
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

  /** Logs by SLF4J's simple way, also where the server's way is on the class path. */
  private static void logWithLittle() {
    System.setProperty("slf4j.provider", "org.slf4j.simple.SimpleServiceProvider");
    System.setProperty("slf4j.internal.verbosity", "WARN");
  }

  private static int execute(CommandLine command, String[] arguments) {
    try {
      return command.execute(arguments);
    } catch (Error e) {
      command.getErr().println(Failure.words(e));
      return Failure.REQUEST_FAILED;
    }
  }

  /** The command with all its verbs. */
  static CommandLine commandLine() {
    return commandLine(Verbs.ALL);
  }

  private static CommandLine commandLine(Map<String, Class<?>> verbs) {
    CommandLine command = new CommandLine(new TsdbCommand());
    for (Class<?> verb : verbs.values()) {
      command.addSubcommand(verb);
    }
    return command
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new FailureHandler())
        .setExecutionExceptionHandler(new FailureHandler());
  }
}
