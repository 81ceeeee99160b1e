package dev.vantage.tsdb.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
    int code = commandLine().execute(arguments);
    System.out.flush();
    System.exit(code);
  }

  static CommandLine commandLine() {
    return new CommandLine(new TsdbCommand())
        .setOut(new PrintWriter(System.out, false, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Failure::badUsage)
        .setExecutionExceptionHandler(Failure::failed);
  }
}
