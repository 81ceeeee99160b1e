package dev.vantage.tsdb.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.testkit.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReaderTest {
  private static final int NESTING = 200;
  private static final String EXAMPLE =
      """
      ; neighbors of one star
      (define (near s . rest) ; "no text"
        (similar s :k 5 :where (and (= band "g\\u00e9\\u{1F31F}") (< |mean mag| ,p))))
      #_(dropped #_twice "x") '(1 -2.5e-3 +7 .5 true nil #inst "2024-05-01T20:15:00Z")
      """;

  private static List<Form> read(String text) {
    return Reader.read(text, NESTING);
  }

  private static Value one(String text) {
    List<Form> forms = read(text);
    assertEquals(1, forms.size(), text);
    return forms.get(0).value();
  }

  @Test
  void readsEveryKindOfAtom() {
    assertEquals(new Value.LongNumber(42), one("42"));
    assertEquals(new Value.LongNumber(Long.MIN_VALUE), one("-9223372036854775808"));
    assertEquals(new Value.DoubleNumber(1.0), one("1."));
    assertEquals(new Value.DoubleNumber(-0.5), one("-.5"));
    assertEquals(new Value.DoubleNumber(2e-9), one("+2E-9"));
    assertEquals(
        new Value.Text("a\"b\\\n\u00e9\ud83c\udf1f"), one("\"a\\\"b\\\\\\n\\u00e9\\u{1F31F}\""));
    assertEquals(
        new Value.Moment(Instant.parse("2024-05-01T18:15:00Z")),
        one("#inst \"2024-05-01T20:15:00+02:00\""));
    assertEquals(
        new Value.Moment(Instant.parse("2024-05-01T00:00:00Z")), one("#inst\"2024-05-01\""));
    assertEquals(new Value.Keyword("order-by"), one(":order-by"));
    assertEquals(new Value.Symbol("count-distinct"), one("count-distinct"));
    assertEquals(new Value.Symbol("mean | \\ mag"), one("|mean \\| \\\\ mag|"));
    assertEquals(new Value.Symbol("->"), one("->"));
    assertEquals(new Value.Symbol("-"), one("-"));
    assertEquals(Value.Nil.NIL, one("nil"));
  }

  @Test
  void signsAreShortForForms() {
    assertEquals(one("(quote (a (unquote b)))"), one("'(a ,b)"));
    assertEquals(one("(quote (quote a))"), one("' ' a"));
    assertEquals(one("(a c)"), one("(a #_ b c #_(d))"));
    assertEquals(one("(c)"), one("(#_ #_ a b c)"));
  }

  @Test
  void positionsAreInCodePoints() {
    Form.Sequence list = (Form.Sequence) read("\"\ud83c\udf1f\" \t(a\r\n  b)").get(1);
    assertEquals(new Position(1, 6), list.position());
    assertEquals(new Position(1, 7), list.items().get(0).position());
    assertEquals(new Position(2, 3), list.items().get(1).position());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '^',
      value = {
        "(              ! syntax/unbalanced ! 1 ! every ( must be closed: opened at line 1, column 1",
        "(a (b)         ! syntax/unbalanced ! 1 ! every ( must be closed: opened at line 1, column 1",
        "a )            ! syntax/unbalanced ! 3 ! ) must close something",
        "(\"a)          ! syntax/unbalanced ! 2 ! every text must end with \": opened at line 1, column 2",
        "|a             ! syntax/unbalanced ! 1 ! every name must end with |: opened at line 1, column 1",
        "(a ')          ! syntax/token ! 5 ! ' must be before a form",
        "'              ! syntax/token ! 2 ! ' must be before a form",
        "[1]            ! syntax/token ! 1 ! [ must not be in a program: hint: write (list ...)",
        "{:a 1}         ! syntax/token ! 1 ! { must not be in a program: hint: write (record :name value ...)",
        "1x             ! syntax/token ! 1 ! number must be decimal and finite: found=1x",
        "1e999          ! syntax/token ! 1 ! number must be decimal and finite: found=1e999",
        "99999999999999999999 ! syntax/token ! 1 ! integer must fit 64 bits: found=99999999999999999999",
        "a,b            ! syntax/token ! 1 ! a form must be a list, number, text, keyword or name: found=a,b",
        "\"a\"b         ! syntax/token ! 4 ! a space must be between two forms: found=b",
        "(a :)          ! syntax/token ! 4 ! keyword must be a colon and a name: found=:",
        "#x             ! syntax/token ! 1 ! # must be before inst and a timestamp, or before _: found=#x",
        "#inst \"May\"  ! syntax/token ! 7 ! timestamp must be like \"2024-05-01T20:15:00Z\": found=May",
        "\"\\q\"        ! syntax/token ! 3 ! \\ in a text must be before one of \" \\ n r t u",
        "\"\\ud800\"    ! syntax/token ! 3 ! \\u must be before 4 hex digits, or 1 to 6 in braces, of a character",
      })
  void malformedTextIsRefusedAtItsPlace(String text, String code, int column, String rule) {
    ProgramException refused = assertThrows(ProgramException.class, () -> read(text));
    assertEquals(code, refused.code());
    assertEquals("line 1, column " + column + ": " + rule, refused.getMessage());
    assertEquals(column, refused.column());
  }

  @Test
  void nestingIsLimited() {
    String deep = "(".repeat(NESTING) + ")".repeat(NESTING);
    assertEquals(1, read(deep).size());
    for (String more : List.of("(" + deep + ")", "'" + deep, "'".repeat(1_000_000), "#_" + deep)) {
      ProgramException refused = assertThrows(ProgramException.class, () -> read(more));
      assertEquals("limit/nesting", refused.code());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "a\ud800", "\"\udc00\"", "|\0|", "; \0"})
  void textIsUnicode(String text) {
    ProgramException refused = assertThrows(ProgramException.class, () -> read(text));
    assertEquals("syntax/token", refused.code());
  }

  /** A mutation is read, or refused at a place inside of the text. */
  @Test
  void mutationsAreReadOrRefusedAtAPlace() {
    checkMutations(5_000);
  }

  @Tag("soak")
  @Test
  void manyMutationsAreReadOrRefusedAtAPlace() {
    checkMutations(1_000_000);
  }

  private static void checkMutations(int count) {
    Random random = Seeds.random("ReaderTest");
    String signs = "()'\"|;,#_\\:.-+e1 \n\u00e9x[";
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder(EXAMPLE);
      for (int j = random.nextInt(6); j >= 0; j--) {
        int at = random.nextInt(text.length());
        text.replace(
            at,
            Math.min(text.length(), at + random.nextInt(4)),
            String.valueOf(signs.charAt(random.nextInt(signs.length()))));
      }
      try {
        read(text.toString());
      } catch (ProgramException e) {
        List<String> lines = (text + "\n").lines().toList();
        assertTrue(e.line() >= 1 && e.line() <= lines.size() + 1, () -> e + " in " + text);
        int length = e.line() > lines.size() ? 0 : lines.get(e.line() - 1).length();
        assertTrue(e.column() >= 1 && e.column() <= length + 1, () -> e + " in " + text);
      }
    }
  }

  @Test
  void printedFormsReadBack() {
    Random random = Seeds.random("ReaderTest.printed");
    for (int i = 0; i < 5_000; i++) {
      Value value = random(random, 4);
      ValuePrinter printer = new ValuePrinter(1 << 20);
      printer.data(value);
      assertEquals(value, one(printer.toString()), printer.toString());
    }
  }

  private static Value random(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 8 : 9)) {
      case 0 -> new Value.LongNumber(random.nextLong());
      case 1 -> new Value.DoubleNumber(finite(random));
      case 2 -> new Value.Text(text(random));
      case 3 -> new Value.Symbol(text(random));
      case 4 -> new Value.Keyword(text(random));
      case 5 -> Value.Bool.of(random.nextBoolean());
      case 6 -> Value.Nil.NIL;
      case 7 ->
          new Value.Moment(
              Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1000L));
      default -> {
        List<Value> items = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          items.add(random(random, depth - 1));
        }
        yield Value.ListValue.of(items);
      }
    };
  }

  private static double finite(Random random) {
    double number = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(number) ? number : 0.5;
  }

  private static String text(Random random) {
    String[] parts = {
      "a",
      "Z",
      "1",
      ".",
      "-",
      "|",
      "\\",
      "\"",
      " ",
      "\n",
      ";",
      "\u00e9",
      "\ud83c\udf1f",
      "\u0007",
      "true",
      "nil"
    };
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i >= 0; i--) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    return text.toString();
  }
}
