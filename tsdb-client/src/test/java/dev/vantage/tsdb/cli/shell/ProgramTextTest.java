package dev.vantage.tsdb.cli.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTextTest {
  private static List<String> forms(String text) {
    return ProgramText.of(text).forms().stream()
        .map(form -> text.substring(form.begin(), form.end()))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "(a)", "(a) (b", "\"a(\"", "(a \"b\\\"\")", "|a b|", "(a) ; (", "(a))"})
  void closedTextsAreComplete(String text) {
    boolean isOpen = text.endsWith("(b");
    assertEquals(!isOpen, ProgramText.of(text).isComplete());
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "(a (b)", "\"a", "\"a\\\"", "(a \"b)", "|a", "'(", "(a ; )"})
  void openTextsAreNotComplete(String text) {
    assertTrue(!ProgramText.of(text).isComplete(), text);
  }

  @Test
  void formsAreFoundWithTheirMarks() {
    assertEquals(
        List.of("(a (b))", "'(c)", "\"d\"", "#inst \"2024\"", ",e"),
        forms("(a (b)) '(c)\n\"d\" #inst \"2024\" ,e"));
    assertEquals(List.of("b", "c"), forms("#_ a b c"));
    assertEquals(List.of("c", "(d)"), forms("#_ #_ a b c (d) #_ e"));
    assertEquals(List.of("(b)", "'#_ c d"), forms("#_(a) (b) '#_ c d"));
    assertEquals(List.of("(a ; (\n b)"), forms("; x\n(a ; (\n b) ; y"));
    assertEquals(List.of("a", "(b ; c"), forms("a (b ; c"));
    assertEquals(List.of("a", ")", "b"), forms("a) b"));
  }

  @Test
  void definitionsAreNotExplained() {
    assertEquals(
        "(define x 1) (explain x)\n(explain (f))",
        ProgramText.of("(define x 1) x\n(f)").explained());
  }

  @ParameterizedTest
  @CsvSource({"'',0", "'(a',2", "'(a (b',5", "'(a\n  (b',4", "'(a \"b',0", "'(a) ',0"})
  void newLinesAreIndentedUnderTheOpenBracket(String text, int columns) {
    assertEquals(columns, ProgramText.of(text).indent());
  }

  @Test
  void bracketsHavePartners() {
    ProgramText text = ProgramText.of("(a (b) \")\") )");
    assertEquals(3, text.partner(5));
    assertEquals(0, text.partner(10));
    assertEquals(-1, text.partner(12));
    assertEquals(-1, text.partner(8));
  }

  @Test
  void theFirstWordIsFound() {
    assertEquals("abc", ProgramText.firstWord("abc def"));
    assertEquals("(", ProgramText.firstWord("(abc)"));
    assertEquals("", ProgramText.firstWord(" a"));
    assertEquals("", ProgramText.firstWord(""));
    assertEquals("\"a\ud83d\ude00\"", ProgramText.firstWord("\"a\ud83d\ude00\" b"));
  }
}
