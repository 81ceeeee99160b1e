package dev.vantage.tsdb.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.testkit.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever the grammar of conditions allows can be parsed. */
class GrammarTest {
  private static final int CONDITIONS = 2000;
  private static final int DEEPEST = 12;
  private static final int OPTIONAL = 3;
  private static final Pattern TOKEN = Pattern.compile("\"[^\"]+\"|[\\w-]+|[\\[\\]{}|]");
  private static final Map<String, List<String>> SAMPLES =
      Map.of(
          "attribute", List.of("band", "\"a name\""),
          "text", List.of("'2024-05-01'"),
          "character", List.of("'!'"),
          "number", List.of("3", "-1.5", "2e3"));

  private final Map<String, List<String>> rules = new LinkedHashMap<>();
  private final Random random = Seeds.random("GrammarTest");

  @Test
  void everyConditionOfTheGrammarIsOne() {
    Page.read(Path.of("tsdb-core", "README.md")).blocks().stream()
        .filter(block -> block.language().equals("ebnf"))
        .forEach(block -> readRules(block.text()));
    String start = rules.keySet().iterator().next();
    for (int i = 0; i < CONDITIONS; i++) {
      String condition = Condition.parse(make(start, 0)).toString();
      assertEquals(condition, Condition.parse(condition).toString());
    }
  }

  private void readRules(String text) {
    for (String rule : text.split("\n(?=\\S)")) {
      String[] sides = rule.split("=", 2);
      List<String> tokens = new ArrayList<>();
      Matcher token = TOKEN.matcher(sides[1]);
      while (token.find()) {
        tokens.add(token.group());
      }
      assertFalse(tokens.isEmpty(), rule);
      rules.put(sides[0].strip(), tokens);
    }
  }

  private String make(String name, int depth) {
    List<String> samples = SAMPLES.get(name);
    return samples == null ? choose(rules.get(name), depth + 1) : any(samples);
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** The last alternative of each rule leads out of it. */
  private String choose(List<String> tokens, int depth) {
    List<List<String>> alternatives = alternatives(tokens);
    List<String> chosen =
        depth > DEEPEST ? alternatives.get(alternatives.size() - 1) : any(alternatives);
    List<String> words = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      String token = chosen.get(i);
      if (token.matches("[\\[{]")) {
        int end = end(chosen, i);
        if (depth <= DEEPEST && random.nextInt(OPTIONAL) == 0) {
          words.add(choose(chosen.subList(i + 1, end), depth));
        }
        i = end;
      } else {
        words.add(token.startsWith("\"") ? token.replace("\"", "") : make(token, depth));
      }
    }
    return String.join(" ", words);
  }

  private static List<List<String>> alternatives(List<String> tokens) {
    List<List<String>> alternatives = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).equals("|")) {
        alternatives.add(tokens.subList(begin, i));
        begin = i + 1;
      } else if (tokens.get(i).matches("[\\[{]")) {
        i = end(tokens, i);
      }
    }
    alternatives.add(tokens.subList(begin, tokens.size()));
    return alternatives;
  }

  /** Brackets of a kind are not nested within one rule. */
  private static int end(List<String> tokens, int begin) {
    String close = tokens.get(begin).equals("[") ? "]" : "}";
    return begin + tokens.subList(begin, tokens.size()).indexOf(close);
  }
}
