package dev.vantage.tsdb.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.HelpCommand;

/** The verbs by their names. To learn what a verb takes costs more than many a command. */
final class Verbs {
  /** All verbs, in the order in which help shows them. */
  static final Map<String, Class<?>> ALL = all();

  /** The options of all verbs that take a value. */
  static final List<String> SHARED_WITH_VALUE =
      List.of("--db", "--server", "--token-file", "--ca", "--format");

  /** The flags of all verbs that say how they work, but not what they do. */
  static final List<String> SHARED_FLAGS = List.of("--tls", "--quiet", "--verbose");

  /** The short names of flags of all verbs. */
  static final Map<String, String> SHORT_FLAGS = Map.of("--quiet", "-q", "--verbose", "-v");

  private static final List<String> VERSION = List.of("--version", "-V");

  private static final List<String> HELP = List.of("--help", "-h", "help");

  /** The verbs that tell of all others. */
  private static final List<String> ASKING = List.of("help", "completion");

  private Verbs() {}

  private static Map<String, Class<?>> all() {
    Map<String, Class<?>> verbs = new LinkedHashMap<>();
    verbs.put("demo", DemoCommand.class);
    verbs.put("create", CreateCommand.class);
    verbs.put("distances", DistancesCommand.class);
    verbs.put("import", ImportCommand.class);
    verbs.put("generate", GenerateCommand.class);
    verbs.put("similar", SimilarCommand.class);
    verbs.put("query", QueryCommand.class);
    verbs.put("get", GetCommand.class);
    verbs.put("insert", InsertCommand.class);
    verbs.put("delete", DeleteCommand.class);
    verbs.put("list", ListCommand.class);
    verbs.put("count", CountCommand.class);
    verbs.put("stats", StatsCommand.class);
    verbs.put("attributes", AttributesCommand.class);
    verbs.put("vantage-points", VantagePointsCommand.class);
    verbs.put("cache", CacheCommand.class);
    verbs.put("verify", VerifyCommand.class);
    verbs.put("backup", BackupCommand.class);
    verbs.put("export", ExportCommand.class);
    verbs.put("restore", RestoreCommand.class);
    verbs.put("completion", CompletionCommand.class);
    verbs.put("candidates", CandidatesCommand.class);
    verbs.put("version", VersionCommand.class);
    verbs.put("help", HelpCommand.class);
    return Collections.unmodifiableMap(verbs);
  }

  /** Whether the arguments ask for the version and for nothing else. */
  static boolean asksForVersionAlone(String[] arguments) {
    return arguments.length == 1 && VERSION.contains(arguments[0]);
  }

  /** Whether the arguments may ask for help. */
  static boolean asksForHelp(String[] arguments) {
    return List.of(arguments).stream().anyMatch(HELP::contains);
  }

  /** Whether the user wants to know what happens, which is to be known before all else. */
  static boolean isVerbose(String[] arguments) {
    List<String> words = List.of(arguments);
    return words.contains("--verbose") || words.contains("-v");
  }

  /**
   * The verbs that the parser must know to understand the arguments: the one that is asked for, or
   * all where the arguments name none or ask about them.
   */
  static Map<String, Class<?>> neededFor(String[] arguments) {
    int at = indexIn(arguments);
    if (at < 0) {
      return List.of(arguments).stream().anyMatch(VERSION::contains) ? Map.of() : ALL;
    }
    Class<?> verb = ALL.get(arguments[at]);
    return verb == null || ASKING.contains(arguments[at]) ? ALL : Map.of(arguments[at], verb);
  }

  /** The place of the verb among the arguments, or -1 if there is none. */
  static int indexIn(String[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      if (SHARED_WITH_VALUE.contains(arguments[i])) {
        i++;
      } else if (!arguments[i].startsWith("-")) {
        return i;
      }
    }
    return -1;
  }
}
