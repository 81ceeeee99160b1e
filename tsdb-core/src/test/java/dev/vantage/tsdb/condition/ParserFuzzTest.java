package dev.vantage.tsdb.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.store.sql.ConditionSql;
import dev.vantage.tsdb.store.sql.SqlDialect;
import dev.vantage.tsdb.testkit.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Any text is parsed, or refused with a printable message. */
class ParserFuzzTest {
  private static final int TRIALS = 30_000;
  private static final String[] PIECES = {
    "(",
    ")",
    ",",
    "'",
    "''",
    "\"",
    "=",
    "<",
    ">",
    "<>",
    "!=",
    "!",
    "-",
    "+",
    ".",
    "e5",
    "1",
    "0x",
    "9".repeat(50),
    " ",
    "\t",
    "\n",
    "\0",
    "\u0007",
    "\u0085",
    "\u00A0",
    "\uFEFF",
    "\uD83D",
    "\uDE00",
    "\uD83D\uDE00",
    "é",
    "周",
    " and ",
    " or ",
    " not ",
    " between ",
    " in ",
    " like ",
    " escape ",
    " is ",
    " null ",
    " true ",
    " timestamp ",
    " period ",
    " id ",
    ";",
    "--",
    "/*",
    "%",
    "((((((((((",
    "not not not not ",
    "x".repeat(300)
  };

  @Test
  void readsOrRefusesMutations() {
    Random random = Seeds.random("readsOrRefusesMutations");
    RandomConditions source = new RandomConditions(random);
    int read = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      String text = source.nextCondition(random.nextInt(4));
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        text = mutated(text, random);
      }
      read += isRead(text, source) ? 1 : 0;
    }
    assertTrue(read > TRIALS / 100 && read < TRIALS * 9 / 10, "read=" + read);
  }

  @Test
  void readsOrRefusesNoise() {
    Random random = Seeds.random("readsOrRefusesNoise");
    RandomConditions source = new RandomConditions(random);
    for (int trial = 0; trial < TRIALS; trial++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        text.append(
            random.nextInt(10) == 0
                ? Character.toString((char) random.nextInt(0x10000))
                : PIECES[random.nextInt(PIECES.length)]);
      }
      isRead(text.toString(), source);
    }
  }

  private static boolean isRead(String text, RandomConditions source) {
    try {
      Condition condition = Condition.parse(text);
      assertEquals(condition, Condition.parse(condition.toString()), text);
      Filter filter = condition.bind(source.types());
      for (SqlDialect dialect : SqlDialect.values()) {
        ConditionSql.write(filter, dialect);
      }
      return true;
    } catch (InvalidConditionException e) {
      String message = e.getMessage();
      assertTrue(e.column() >= 1 && e.column() <= text.length() + 1, message);
      String unhinted = message.replaceFirst("(?s); hint: .*", "");
      assertTrue(unhinted.endsWith("column=" + e.column()), message);
      assertTrue(message.length() < 600, message);
      assertFalse(message.chars().anyMatch(Character::isISOControl), message);
      return false;
    }
  }

  /** Cuts a few chars out of a text, and puts a piece of it or another piece in their place. */
  private static String mutated(String text, Random random) {
    int at = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), at + random.nextInt(4));
    String piece = PIECES[random.nextInt(PIECES.length)];
    if (random.nextInt(3) == 0) {
      int from = random.nextInt(text.length() + 1);
      piece = text.substring(from, Math.min(text.length(), from + random.nextInt(20)));
    } else if (random.nextInt(3) == 0) {
      piece = "";
    }
    return text.substring(0, at) + piece + text.substring(to);
  }
}
