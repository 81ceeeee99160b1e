package dev.vantage.tsdb.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * What the help of each verb has beyond the descriptions in its class: the width of the terminal,
 * examples, and only the shared options that the verb can use.
 */
final class HelpText {
  private static final int NARROWEST = 60;
  private static final int WIDEST = 120;
  private static final int USUAL = 100;

  private static final List<String> OF_SERVERS =
      List.of("--server", "--token-file", "--tls", "--ca");

  /** The shared options that verbs cannot use; all others can use all of them. */
  private static final Map<String, List<String>> UNUSABLE = unusable();

  private HelpText() {}

  private static Map<String, List<String>> unusable() {
    List<String> all = new ArrayList<>(OF_SERVERS);
    all.addAll(List.of("--db", "--print-config"));
    List<String> nothing = new ArrayList<>(all);
    nothing.addAll(List.of("--format", "--quiet", "--verbose"));
    return Map.ofEntries(
        Map.entry("create", OF_SERVERS),
        Map.entry("verify", OF_SERVERS),
        Map.entry("backup", OF_SERVERS),
        Map.entry("export", OF_SERVERS),
        Map.entry("restore", OF_SERVERS),
        Map.entry("cache", List.of("--db")),
        Map.entry("stats", List.of()),
        Map.entry("generate", all),
        Map.entry("demo", nothing),
        Map.entry("help", nothing),
        Map.entry("version", nothing),
        Map.entry("completion", nothing));
  }

  /**
   * Completes the help of a command and of its verbs.
   *
   * @param columns the width of the terminal, or anything else where it is not known
   */
  static void complete(CommandLine command, String columns) {
    command.setUsageHelpWidth(width(columns));
    for (Map.Entry<String, CommandLine> verb : command.getSubcommands().entrySet()) {
      complete(verb.getValue().getCommandSpec(), verb.getKey(), verb.getKey());
    }
    UsageMessageSpec message = command.getCommandSpec().usageMessage();
    message.footer(paragraphs(message.footer()).toArray(String[]::new));
  }

  private static void complete(CommandSpec spec, String verb, String path) {
    List<String> unusable = UNUSABLE.getOrDefault(verb, List.of());
    UsageMessageSpec message = spec.usageMessage();
    message.sortOptions(false).abbreviateSynopsis(true);
    message.description(sentences(message.description()));
    message
        .sectionMap()
        .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, help -> options(help, unusable));
    List<String> footer = paragraphs(message.footer());
    List<String> examples = Examples.of(path);
    if (!examples.isEmpty()) {
      footer.add("");
      footer.add(examples.size() == 1 ? "Example:" : "Examples:");
      examples.forEach(example -> footer.add("  " + example.replace("%", "%%")));
    }
    message.footer(footer.toArray(String[]::new));
    for (Map.Entry<String, CommandLine> next : spec.subcommands().entrySet()) {
      complete(next.getValue().getCommandSpec(), verb, path + " " + next.getKey());
    }
  }

  /**
   * Lists the options of a verb, then those of all verbs that it can use. The parser knows the
   * others too, and the verb says why it cannot use them.
   */
  private static String options(Help help, List<String> unusable) {
    List<OptionSpec> own = new ArrayList<>();
    List<OptionSpec> shared = new ArrayList<>();
    for (OptionSpec option : help.commandSpec().options()) {
      boolean ofAll = option.inherited() || option.usageHelp();
      boolean shown = !option.versionHelp() && !unusable.contains(option.longestName());
      // Groups with a heading have a section of their own.
      boolean inSection = option.group() != null && option.group().heading() != null;
      if (shown && !inSection) {
        (ofAll ? shared : own).add(option);
      }
    }
    return help.optionListExcludingGroups(own)
        + help.optionListGroupSections()
        + String.format("%nOptions of all verbs:%n")
        + help.optionListExcludingGroups(shared);
  }

  /**
   * The first sentence of a description, which lists of verbs show, and the rest, to be wrapped.
   */
  private static String[] sentences(String[] lines) {
    String whole = String.join(" ", lines);
    int end = whole.indexOf(". ");
    return end < 0
        ? new String[] {whole}
        : new String[] {whole.substring(0, end + 1), whole.substring(end + 2)};
  }

  /** Joins the lines of each paragraph, to be wrapped. */
  private static List<String> paragraphs(String[] lines) {
    List<String> paragraphs = new ArrayList<>();
    boolean open = false;
    for (String line : lines) {
      if (open && !line.isEmpty()) {
        int last = paragraphs.size() - 1;
        paragraphs.set(last, paragraphs.get(last) + " " + line);
      } else {
        paragraphs.add(line);
      }
      open = !line.isEmpty();
    }
    return paragraphs;
  }

  /** The width of help, from that of the terminal. */
  static int width(String columns) {
    try {
      return Math.max(NARROWEST, Math.min(WIDEST, Integer.parseInt(columns.strip())));
    } catch (NumberFormatException e) {
      return USUAL;
    }
  }
}
