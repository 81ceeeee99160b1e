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

  /** The options before the verb that take a value in the next argument. */
  static final List<String> WITH_VALUE =
      List.of("--db", "--server", "--token-file", "--ca", "--format");

  static final List<String> VERSION = List.of("--version", "-V");

  private Verbs() {}

  private static Map<String, Class<?>> all() {
    Map<String, Class<?>> verbs = new LinkedHashMap<>();
    verbs.put("demo", DemoCommand.class);
    verbs.put("create", CreateCommand.class);
    verbs.put("import", ImportCommand.class);
    verbs.put("generate", GenerateCommand.class);
    verbs.put("similar", SimilarCommand.class);
    verbs.put("get", GetCommand.class);
    verbs.put("insert", InsertCommand.class);
    verbs.put("delete", DeleteCommand.class);
    verbs.put("list", ListCommand.class);
    verbs.put("stats", StatsCommand.class);
    verbs.put("attributes", AttributesCommand.class);
    verbs.put("vantage-points", VantagePointsCommand.class);
    verbs.put("cache", CacheCommand.class);
    verbs.put("verify", VerifyCommand.class);
    verbs.put("backup", BackupCommand.class);
    verbs.put("export", ExportCommand.class);
    verbs.put("restore", RestoreCommand.class);
    verbs.put("help", HelpCommand.class);
    return Collections.unmodifiableMap(verbs);
  }

  /**
   * The verbs that the parser must know to understand the arguments: the one that is asked for, or
   * all where the arguments name none or ask about them.
   */
  static Map<String, Class<?>> neededFor(String[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (VERSION.contains(argument)) {
        return Map.of();
      }
      if (WITH_VALUE.contains(argument)) {
        i++;
      } else if (!argument.startsWith("-")) {
        Class<?> verb = ALL.get(argument);
        return verb == null || verb == HelpCommand.class ? ALL : Map.of(argument, verb);
      }
    }
    return ALL;
  }
}
