package dev.vantage.tsdb.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionParsingTest {
  private static InvalidConditionException refused(String text) {
    return assertThrows(InvalidConditionException.class, () -> Condition.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a = 1 | a = 1",
        "a=1 | a = 1",
        "a!=+1 | a <> 1",
        "a<-1 | a < -1",
        "a>=1.50E+3 | a >= 1.50e+3",
        "a <= .5 | a <= .5",
        "a > 5. | a > 5.",
        "5 < a | a > 5",
        "5 >= a | a <= 5",
        "'x' = a | a = 'x'",
        "true <> a | a <> true",
        "a = 'it''s' | a = 'it''s'",
        "a = '' | a = ''",
        "a = '''' | a = ''''",
        "a = '\"' | a = '\"'",
        "a BETWEEN 1 AND 2 | a between 1 and 2",
        "a not Between 1 And 2 | a not between 1 and 2",
        "a in(1,2 , 3) | a in (1, 2, 3)",
        "a NOT IN ('x', true, 2) | a not in ('x', true, 2)",
        "a like 'RR%' | a like 'RR%'",
        "a not like '50!%' ESCAPE '!' | a not like '50!%' escape '!'",
        "a Is Null | a is null",
        "a is NOT null | a is not null",
        "a | a",
        "a and not b | a and not b",
        "NOT a OR b AND c | not a or b and c",
        "(a or b) and c | (a or b) and c",
        "a or (b and c) | a or b and c",
        "((a)) | a",
        "a and (b and (c and d)) | a and b and c and d",
        "(a or b) or (c or d) | a or b or c or d",
        "not(a and b) | not (a and b)",
        "not (not a) | not not a",
        "not (a = 5) | not a = 5",
        "not a between 1 and 2 and b | not a between 1 and 2 and b",
        "\"and\" = 1 | \"and\" = 1",
        "\"And\" | \"And\"",
        "\"a\" = 1 | a = 1",
        "\"a b\" = 1 | \"a b\" = 1",
        "\"a\"\"b\" = 1 | \"a\"\"b\" = 1",
        "\"1\" = 1 | \"1\" = 1",
        "_x.y.z2 = 1 | _x.y.z2 = 1",
        "größe = 1 or 周期 < 2 | größe = 1 or 周期 < 2",
        "t = Timestamp '2024-05-01' | t = timestamp '2024-05-01T00:00:00Z'",
        "timestamp '2024-05-01 20:15' < t | t > timestamp '2024-05-01T20:15:00Z'",
        "timestamp = timestamp '2024-05-01t20:15:01.1234567+02' "
            + "| timestamp = timestamp '2024-05-01T18:15:01.123456Z'",
        "timestamp in ('a') | timestamp in ('a')",
        "timestamp | timestamp",
      })
  void readsAndWrites(String text, String canonical) {
    Condition condition = Condition.parse(text);
    assertEquals(canonical, condition.toString());
    Condition again = Condition.parse(canonical);
    assertEquals(condition, again);
    assertEquals(condition.hashCode(), again.hashCode());
    assertEquals(canonical, again.toString());
  }

  @Test
  void takesAnySpace() {
    assertEquals(
        Condition.parse("a = 1 and b"), Condition.parse("\t a\u00A0=\r\n1\u2003and\u3000b \n"));
  }

  @Test
  void tellsConditionsApart() {
    String[] texts = {
      "a", "A", "not a", "a or b", "b or a", "a = 1", "a = '1'", "a = 1.0", "a = 2"
    };
    for (int i = 0; i < texts.length; i++) {
      for (int j = 0; j < i; j++) {
        assertNotEquals(Condition.parse(texts[i]), Condition.parse(texts[j]));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | 1 | condition must not be empty: column=1",
        "`  ` | 1 | condition must not be empty: column=1",
        "a = | 4 | a literal must be a number, a 'text', true, false or timestamp: found=the end",
        "a = b | 5 | a literal must be a number, a 'text', true, false or timestamp: found=b",
        "a = \"b\" | 5 | a literal must be a number, a 'text', true, false or timestamp: found=\"b\"",
        "a == 1 | 4 | a literal must be a number, a 'text', true, false or timestamp: found==",
        "a = null | 5 | null must be tested by is null or is not null: found=null",
        "a in (1, null) | 10 | null must be tested by is null or is not null: found=null",
        "a <> 1 2 | 8 | a test must be followed by and, or, ) or the end: found=2",
        "a b | 3 | a test must be followed by and, or, ) or the end: found=b",
        "a) | 2 | a test must be followed by and, or, ) or the end: found=)",
        "a = 1 = true | 7 | a test must be followed by and, or, ) or the end: found==",
        "(a | 3 | ( must be closed by ) before anything but and, or: found=the end",
        "(a < 1, b | 7 | ( must be closed by ) before anything but and, or: found=,",
        "() | 2 | a test must begin with an attribute, a literal, not or (: found=)",
        "and a | 1 | a test must begin with an attribute, a literal, not or (: found=and",
        "a and | 6 | a test must begin with an attribute, a literal, not or (: found=the end",
        "a or or b | 6 | a test must begin with an attribute, a literal, not or (: found=or",
        "between = 1 | 1 | a test must begin with an attribute, a literal, not or (: found=between",
        "5 | 2 | a literal must be followed by a comparison: found=the end",
        "true and a | 6 | a literal must be followed by a comparison: found=and",
        "5 between 1 and 2 | 3 | a literal must be followed by a comparison: found=between",
        "1 = 1 | 5 | a literal must be compared with an attribute: found=1",
        "a is 5 | 6 | is must be followed by null or not null: found=5",
        "a is not | 9 | is must be followed by null or not null: found=the end",
        "a not 5 | 7 | not must be followed by between, in or like after an attribute: found=5",
        "a between 1 or 2 | 13 | between must have two literals with and between them: found=or",
        "a in 1 | 6 | in must be followed by literals in parentheses: found=1",
        "a in () | 7 | a literal must be a number, a 'text', true, false or timestamp: found=)",
        "a in (1 2) | 9 | literals after in must be separated by commas and closed by ): found=2",
        "a in (1, | 9 | a literal must be a number, a 'text', true, false or timestamp: found=the end",
        "a like 5 | 8 | like must be followed by a text in single quotes: found=5",
        "a like 'x' escape b | 19 | escape must be followed by a text in single quotes: found=b",
        "a like 'x' escape 'ab' | 19 | escape must be one character: found='ab'",
        "a like 'x' escape '' | 19 | escape must be one character: found=''",
        "a like '%!' escape '!' | 8 | pattern must not end with its escape character: pattern='%!'",
        "a = 'b | 5 | text must end with its quote ': column=5",
        "a = 'b'' | 5 | text must end with its quote ': column=5",
        "'; drop table series; -- | 1 | text must end with its quote ': column=1",
        "a = ''; drop table series; -- | 7 "
            + "| condition must consist of attributes, literals and operators: found=;",
        "a -- b | 3 | condition must consist of attributes, literals and operators: found=-",
        "a = - 5 | 5 | condition must consist of attributes, literals and operators: found=-",
        "a = ’b’ | 5 | condition must consist of attributes, literals and operators: found=’",
        "😀 | 1 | condition must consist of attributes, literals and operators: found=😀",
        "\"a | 1 | attribute name must end with its quote \": column=1",
        "\"\" = 1 | 1 | attribute name must have at least 1 char: column=1",
        "a = 5b | 5 | number must be decimal: found=5b",
        "a = 1.2.3 | 5 | number must be decimal: found=1.2.",
        "a = 0x1F | 5 | number must be decimal: found=0x",
        "a = 1e | 5 | number must be decimal: found=1e",
        "a = 1e99999 | 5 | number must have at most 1000 chars, 4 of them for its exponent: found=1e99999",
        "a = timestamp '2024-02-30' | 15 | timestamp must be like '2024-05-01' or "
            + "'2024-05-01T20:15:00.5Z', in the years 1 to 9999: found='2024-02-30'",
      })
  void refuses(String text, int column, String message) {
    InvalidConditionException refusal = refused(text);
    String suffix = message.contains("column=") ? "" : ", column=" + column;
    assertEquals(message + suffix, refusal.getMessage().replaceFirst("; hint: .*$", ""));
    assertEquals(column, refusal.column());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "id = 4099_g ~ found=4099_, column=6; hint: a text has single quotes: '4099_g'",
        "a = \"b\" and c ~ found=\"b\", column=5; hint: a text has single quotes: 'b'",
        "a = b and c ~ found=b, column=5; hint: a text has single quotes: 'b'",
        "a == 1 ~ found==, column=4; hint: equality is written with one =",
        "a > 1 && b ~ found=&, column=7; hint: tests are joined by and",
        "a > 1 || b ~ found=|, column=7; hint: one of two tests is meant by or",
        "!a ~ found=!, column=1; hint: a test is negated by not",
        "a = ) ~ found=), column=5",
      })
  void hintsAtWhatIsMeant(String text, String end) {
    String message = refused(text).getMessage();
    assertTrue(message.endsWith(": " + end), message);
  }

  @Test
  void refusesWhatIsNoText() {
    assertEquals(
        "condition must not have the character U+0000: column=7",
        refused("a = 'b\0'").getMessage());
    assertEquals(
        "condition must be valid Unicode: found=an unpaired surrogate, column=6",
        refused("a = '\uD83D'").getMessage());
    assertEquals(
        "condition must consist of attributes, literals and operators: found=\uFFFD, column=3",
        refused("a \u0007 b").getMessage());
  }

  @Test
  void refusesWhatIsTooLong() {
    assertEquals(
        "condition must have at most 65536 chars: chars=100000, column=65537",
        refused("(".repeat(100_000)).getMessage());
    String most = "a = '" + "x".repeat(65_536 - 6) + "'";
    assertEquals(most, Condition.parse(most).toString());
    assertTrue(refused(most + "b").getMessage().contains("65536 chars: chars=65537"));
    String dense = "a in(" + "1,".repeat(9_999) + "1)";
    assertEquals(29_999 + 6, Condition.parse(dense).toString().length());
    String denser = "a in(" + "12345,".repeat(9_999) + "'" + "x".repeat(4_000) + "')";
    assertEquals(
        "condition must have at most 65536 chars in canonical form: chars=74002," + " column=64002",
        refused(denser).getMessage());
  }

  @Test
  void limitsNesting() {
    assertEquals("a", Condition.parse("(".repeat(100) + "a" + ")".repeat(100)).toString());
    String nots = "not ".repeat(100) + "a";
    assertEquals(nots, Condition.parse(nots).toString());
    String rule = "condition must have at most 100 levels of not and (: levels>100, column=";
    assertEquals(rule + 101, refused("(".repeat(101) + "a" + ")".repeat(101)).getMessage());
    assertEquals(rule + 401, refused("not ".repeat(101) + "a").getMessage());
    assertEquals(rule + 101, refused("(".repeat(65_536)).getMessage());
    assertEquals(rule + 251, refused("(not ".repeat(13_000)).getMessage());
  }

  @Test
  void limitsTestsLiteralsAndPatterns() {
    String tests = "a or ".repeat(1999) + "a";
    assertEquals(tests, Condition.parse(tests).toString());
    assertEquals(
        "condition must have at most 2000 tests: tests>2000, column=10001",
        refused("a or " + tests).getMessage());
    Condition.parse("a in (" + "1,".repeat(9_999) + "1)");
    assertEquals(
        "condition must have at most 10000 literals: literals>10000, column=20007",
        refused("a in (" + "1,".repeat(10_000) + "1)").getMessage());
    Condition.parse("a like '" + "%".repeat(1000) + "'");
    assertEquals(
        "pattern must have at most 1000 chars: chars=1001, column=8",
        refused("a like '" + "%".repeat(1001) + "'").getMessage());
    Condition.parse("a < " + "9".repeat(1000));
    assertTrue(refused("a < " + "9".repeat(1001)).getMessage().startsWith("number must have"));
  }
}
