package dev.vantage.tsdb.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vantage.tsdb.protocol.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Runs the verb that was parsed, or shows the settings that it would have. */
final class Execution implements IExecutionStrategy {
  private final Map<String, String> origins;

  /**
   * Prepares.
   *
   * @param origins where options are set that the command line does not give
   */
  Execution(Map<String, String> origins) {
    this.origins = origins;
  }

  @Override
  public int execute(ParseResult parsed) {
    TsdbCommand shared = (TsdbCommand) parsed.commandSpec().userObject();
    if (shared.isAskedForSettings() && !asksForHelp(parsed)) {
      print(parsed, shared);
      return CommandLine.ExitCode.OK;
    }
    long begin = System.nanoTime();
    int code = new RunLast().execute(parsed);
    if (shared.isVerbose()) {
      parsed
          .commandSpec()
          .commandLine()
          .getErr()
          .println("took " + (System.nanoTime() - begin) / 1_000_000 + " ms");
    }
    return code;
  }

  private static boolean asksForHelp(ParseResult parsed) {
    return parsed.asCommandLineList().stream()
        .anyMatch(command -> command.isUsageHelpRequested() || command.isVersionHelpRequested());
  }

  private void print(ParseResult parsed, TsdbCommand shared) {
    List<List<String>> rows = new ArrayList<>();
    ArrayNode payload = JsonNodeFactory.instance.arrayNode();
    ParseResult verb = parsed;
    while (verb.hasSubcommand()) {
      verb = verb.subcommand();
    }
    CommandSpec spec = verb.commandSpec();
    for (OptionSpec option : spec.options()) {
      String name = option.longestName();
      boolean asks = option.usageHelp() || option.versionHelp() || name.equals("--print-config");
      if (!asks) {
        List<String> row = row(option, given(parsed, name));
        rows.add(row);
        payload
            .addObject()
            .put("name", row.get(0))
            .put("value", row.get(1))
            .put("origin", row.get(2));
      }
    }
    TextTable table = new TextTable(List.of("name", "value", "origin"), rows.iterator());
    new Printer(shared.format(), spec.commandLine().getOut()).print(VerbOutput.of(payload, table));
  }

  /** The values that the arguments give to an option, before the verb or after it. */
  private static List<String> given(ParseResult parsed, String name) {
    List<String> values = new ArrayList<>();
    for (CommandLine command : parsed.asCommandLineList()) {
      OptionSpec option = command.getParseResult().matchedOption(name);
      if (option != null) {
        values.addAll(option.originalStringValues());
      }
    }
    return values;
  }

  private List<String> row(OptionSpec option, List<String> given) {
    String name = option.longestName().replaceFirst("^-+", "");
    if (!given.isEmpty()) {
      String value = Secrets.maskedIn(String.join(",", given));
      return List.of(name, value, origins.getOrDefault(option.longestName(), "command line"));
    }
    Object initial = option.initialValue();
    String value = option.defaultValue() != null ? option.defaultValue() : text(initial);
    return List.of(name, value, origins.getOrDefault(option.longestName(), "default"));
  }

  private static String text(Object initial) {
    return initial == null ? "" : initial.toString();
  }
}
