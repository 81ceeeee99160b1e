package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.IdQuery;
import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.TsdbException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Prints the ids or names of attributes that complete the last word of a command line, one a line.
 * Prints nothing if none fits, or if the database cannot be asked: nobody expects a message there.
 */
@Command(
    name = "candidates",
    hidden = true,
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description = "Prints what completes a command line, for the scripts of 'completion'.")
final class CandidatesCommand implements Callable<Integer> {
  private static final int MOST = 200;
  private static final List<String> TAKE_ATTRIBUTES =
      List.of("--where", "--attribute", "--select", "--attributes", "--remove");
  private static final List<String> SETS_ATTRIBUTES = List.of("attributes", "set");
  private static final List<String> FLAGS =
      List.of("--tls", "-q", "--quiet", "-v", "--verbose", "--print-config");
  private static final List<List<String>> TAKE_IDS =
      List.of(
          List.of("similar"),
          List.of("get"),
          List.of("delete"),
          List.of("insert"),
          SETS_ATTRIBUTES,
          List.of("vantage-points", "add"));

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "LINE", description = "The command line, to the cursor.")
  private String line;

  @Parameters(
      index = "1",
      paramLabel = "WORD",
      description = "The part of the last word that the shell replaces.")
  private String replaced;

  @Override
  public Integer call() {
    List<String> words = words(line);
    String last = words.remove(words.size() - 1);
    int sign = last.indexOf('=');
    if (last.startsWith("--") && sign > 0) {
      words.add(last.substring(0, sign));
      last = last.substring(sign + 1);
    }
    words.remove(0);
    String begun = last;
    try {
      candidates(words, begun)
          .filter(candidate -> candidate.startsWith(begun) && !candidate.equals(begun))
          .limit(MOST)
          .map(candidate -> candidate.substring(Math.max(0, begun.length() - replaced.length())))
          .forEach(spec.commandLine().getOut()::println);
    } catch (TsdbException | ParameterException e) {
      // No candidates.
    }
    spec.commandLine().getOut().flush();
    return CommandLine.ExitCode.OK;
  }

  private Stream<String> candidates(List<String> words, String last) {
    String before = words.isEmpty() ? "" : words.get(words.size() - 1);
    int verb = Verbs.indexIn(words.toArray(String[]::new));
    if (TAKE_ATTRIBUTES.contains(before)) {
      String others = last.substring(0, last.lastIndexOf(',') + 1);
      try (Tsdb database = open(words)) {
        return List.copyOf(database.attributeTypes().all().keySet()).stream()
            .map(name -> others + name);
      }
    }
    if (hasIdToSet(words, verb) && !last.startsWith("-") && !before.startsWith("-")) {
      try (Tsdb database = open(words)) {
        return database.attributeTypes().declared().keySet().stream().map(name -> name + "=");
      }
    }
    boolean takesIds =
        verb >= 0
            && !last.startsWith("-")
            && (!before.startsWith("-") || before.contains("="))
            && TAKE_IDS.stream().anyMatch(path -> Collections.indexOfSubList(words, path) == verb);
    if (!takesIds) {
      return Stream.empty();
    }
    try (Tsdb database = open(words)) {
      return database.ids(IdQuery.first(MOST).after(last)).stream();
    }
  }

  /** Whether the words set attributes of a series whose id they have. */
  private static boolean hasIdToSet(List<String> words, int verb) {
    if (verb < 0 || Collections.indexOfSubList(words, SETS_ATTRIBUTES) != verb) {
      return false;
    }
    for (int i = verb + SETS_ATTRIBUTES.size(); i < words.size(); i++) {
      String word = words.get(i);
      if (!word.startsWith("-")) {
        return true;
      }
      i += word.contains("=") || FLAGS.contains(word) ? 0 : 1;
    }
    return false;
  }

  private Tsdb open(List<String> words) {
    String[] given = words.toArray(String[]::new);
    CommandLine command = new CommandLine(new TsdbCommand()).setUnmatchedArgumentsAllowed(true);
    command.parseArgs(UserSettings.read(System.getenv()).complete(given).words());
    TsdbCommand shared = command.getCommand();
    return shared.location(spec).openBriefly();
  }

  /** Splits a line as a shell does, up to its last word, which may be unfinished or empty. */
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = 0;
    boolean begun = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote == 0 && Character.isWhitespace(c)) {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
        begun = true;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
        begun = true;
      } else if (c == quote) {
        quote = 0;
      } else {
        word.append(c);
        begun = true;
      }
    }
    words.add(word.toString());
    return words;
  }
}
