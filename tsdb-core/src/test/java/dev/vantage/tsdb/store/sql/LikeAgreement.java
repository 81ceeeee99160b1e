package dev.vantage.tsdb.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.condition.Condition;
import dev.vantage.tsdb.condition.Filter;
import dev.vantage.tsdb.condition.TextFilter;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.DoubleValue;
import dev.vantage.tsdb.series.AttributeValue.LongValue;
import dev.vantage.tsdb.series.AttributeValue.TextValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Checks that random patterns match the same texts in memory, in SQL and by definition. */
public final class LikeAgreement {
  private static final int TEXTS = 400;
  private static final int PATTERNS = 1000;
  private static final String[] LETTERS = {"a", "a", "a", "b", "A", "\uD83D\uDE00", "%", "_", "*"};
  private static final String[] PIECES = {
    "a", "a", "b", "A", "\uD83D\uDE00", "%", "%", "_", "_", "!%", "!_", "!!", "*", "[", "?"
  };

  private LikeAgreement() {}

  static void check(Connection connection, SqlDialect dialect, Random random) throws SQLException {
    AttributeTypes types = AttributeTypes.noneDeclared().with("t", Type.TEXT);
    Map<String, String> texts = new TreeMap<>();
    int partial = 0;
    try (FilterDatabase database = new FilterDatabase(connection, dialect)) {
      for (int key = 0; key < TEXTS; key++) {
        texts.put("s" + key, joined(LETTERS, random.nextInt(14), random));
        database.insert(key, row("s" + key, texts.get("s" + key)));
      }
      for (int i = 0; i < PATTERNS; i++) {
        String pattern = joined(PIECES, random.nextInt(9), random);
        Filter filter = Condition.parse("t like '" + pattern + "' escape '!'").bind(types);
        TreeSet<String> expected = new TreeSet<>();
        texts.forEach(
            (id, text) -> {
              boolean matches = matches(pattern, text);
              assertEquals(
                  matches,
                  ((TextFilter) filter).test(text),
                  () -> "pattern=" + pattern + ", text=" + text);
              if (matches) {
                expected.add(id);
              }
            });
        assertEquals(expected, database.ids(filter), () -> "pattern=" + pattern);
        partial += expected.isEmpty() || expected.size() == TEXTS ? 0 : 1;
      }
    }
    assertTrue(partial > PATTERNS / 4, "patterns that tell texts apart: " + partial);
  }

  private static String joined(String[] choices, int count, Random random) {
    return IntStream.range(0, count)
        .mapToObj(i -> choices[random.nextInt(choices.length)])
        .collect(Collectors.joining());
  }

  private static Map<String, AttributeValue> row(String id, String text) {
    return Map.of(
        AttributeTypes.ID,
        new TextValue(id),
        AttributeTypes.MEAN,
        new DoubleValue(0),
        AttributeTypes.STD,
        new DoubleValue(1),
        AttributeTypes.LENGTH,
        new LongValue(2),
        "t",
        new TextValue(text));
  }

  /**
   * Matches by definition: computes which prefixes of the text each prefix of the pattern matches.
   */
  public static boolean matches(String pattern, String text) {
    int[] letters = text.codePoints().toArray();
    boolean[] matched = new boolean[letters.length + 1];
    matched[0] = true;
    int[] parts = pattern.codePoints().toArray();
    for (int p = 0; p < parts.length; p++) {
      boolean escaped = parts[p] == '!';
      int part = escaped ? parts[++p] : parts[p];
      boolean[] next = new boolean[letters.length + 1];
      for (int end = 0; end <= letters.length; end++) {
        if (!escaped && part == '%') {
          next[end] = matched[end] || end > 0 && next[end - 1];
        } else if (end > 0) {
          boolean fits = !escaped && part == '_' || part == letters[end - 1];
          next[end] = fits && matched[end - 1];
        }
      }
      matched = next;
    }
    return matched[letters.length];
  }
}
