package dev.vantage.tsdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The help of every verb: whole, with examples that parse, and as wide as the terminal. */
class HelpTest {
  private static Stream<List<String>> verbs() {
    List<List<String>> found = new ArrayList<>();
    collect(Main.commandLine(), List.of(), found);
    return found.stream();
  }

  private static void collect(CommandLine command, List<String> path, List<List<String>> found) {
    for (Map.Entry<String, CommandLine> verb : command.getSubcommands().entrySet()) {
      if (!verb.getValue().getCommandSpec().usageMessage().hidden()) {
        List<String> words = new ArrayList<>(path);
        words.add(verb.getKey());
        found.add(words);
        collect(verb.getValue(), words, found);
      }
    }
  }

  private static String help(String columns, List<String> verb) {
    List<String> words = new ArrayList<>(verb);
    words.add("--help");
    return Run.here(Map.of("COLUMNS", columns), words.toArray(String[]::new)).answered().out();
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyVerbHasExamplesThatParse(List<String> verb) {
    List<String> examples = Examples.of(String.join(" ", verb));
    assertFalse(examples.isEmpty(), verb::toString);
    String help = help("120", verb);
    for (String example : examples) {
      assertTrue(help.contains("  " + example), help);
      String command = example.replaceAll("^eval \"\\$\\((.*)\\)\"$", "$1").replaceAll(" > .*", "");
      List<String> words = CandidatesCommand.words(command);
      assertEquals("tsdb", words.get(0));
      Main.commandLine().parseArgs(words.subList(1, words.size()).toArray(String[]::new));
    }
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void nothingIsWiderThanTheTerminalButExamples(List<String> verb) {
    for (int width : new int[] {60, 100}) {
      help(Integer.toString(width), verb)
          .lines()
          .filter(line -> !line.startsWith("  tsdb") && !line.startsWith("  eval"))
          .forEach(line -> assertTrue(line.length() <= width, width + ": " + line));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"60", "80", "120", "", "many"})
  void noDescriptionInTheListIsCut(String columns) {
    String all = Run.here(Map.of("COLUMNS", columns), "--help").answered().out();
    String list = all.substring(all.indexOf("Commands:"), all.lastIndexOf("\n\n"));
    verbs()
        .filter(verb -> verb.size() == 1 && !verb.get(0).equals("help"))
        .forEach(
            verb -> {
              CommandLine command = Main.commandLine().getSubcommands().get(verb.get(0));
              String first = command.getCommandSpec().usageMessage().description()[0];
              assertTrue(
                  list.replaceAll("\\s+", " ").contains(" " + verb.get(0) + " " + first), list);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "verify, --db, --server",
    "create, --db, --token-file",
    "backup, --db, --tls",
    "cache stats, --server, --db",
    "generate, --quiet, --db",
    "demo, --keep, --format",
    "version, --help, --db",
    "completion, --help, --server",
  })
  void helpNamesOnlyOptionsThatTheVerbCanUse(String verb, String usable, String unusable) {
    String help = help("120", List.of(verb.split(" ")));
    String options = help.substring(help.indexOf('\n'), help.lastIndexOf("Example"));
    assertTrue(options.contains(" " + usable), help);
    assertFalse(options.contains(" " + unusable), help);
  }

  @Test
  void versionIsAVerbToo() {
    String version = Run.here("version").answered().out();
    assertEquals(version, Run.here("--version").answered().out());
    assertEquals(version, Run.here("-V").answered().out());
    assertEquals(help("", List.of("similar")), Run.here("help", "similar").answered().out());
  }
}
