package dev.vantage.tsdb.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.io.NumberOutput;
import dev.vantage.tsdb.testkit.Seeds;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts in linear time, and doubles of any Java, against what is known to be right. */
class TextPartsTest {
  private static final int LONG = 1 << 16;

  private static String random(Random random, String letters, int most) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(most + 1);
    while (text.length() < length) {
      text.appendCodePoint(
          letters.codePointAt(
              letters.offsetByCodePoints(
                  0, random.nextInt(letters.codePointCount(0, letters.length())))));
    }
    return text.toString();
  }

  @Test
  void occurrencesAreThoseOfIndexOf() {
    Random random = Seeds.random("occurrences");
    for (int i = 0; i < 20_000; i++) {
      String text = random(random, "aab", 30);
      String wanted = random(random, "aab", 6);
      int from = random.nextInt(text.length() + 1);
      assertEquals(
          text.indexOf(wanted, from),
          new TextSearch(wanted).indexIn(text, from),
          () -> text + ", " + wanted);
    }
  }

  @Test
  void lettersChangeAsInStrings() {
    Random random = Seeds.random("letters");
    for (int i = 0; i < 2000; i++) {
      String text = random(random, "aB\u00df\u0130\u0149\u00e4\u0410\ud801\udc00\ufb03 .,1", 1000);
      assertEquals(text.toUpperCase(Locale.ROOT), LetterCase.upper(text));
      assertEquals(text.toLowerCase(Locale.ROOT), LetterCase.lower(text));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u03a3",
        "\u039f\u0394\u039f\u03a3",
        "\u03a3\u0391\u03a3 \u03a3",
        "\u0391\u03a3.",
        "A\u03a3\u03a3 B\u03a3c"
      })
  void aSigmaAtTheEndOfAWordIsAFinalOne(String text) {
    assertEquals(text.toLowerCase(Locale.ROOT), LetterCase.lower(text));
  }

  /** Each of these takes minutes with the methods of strings. */
  @Test
  void longTextsTakeLinearTime() {
    assertEquals(LONG, LetterCase.lower("\u03a3".repeat(LONG)).length());
    assertEquals(2 * LONG, LetterCase.upper("\u00df".repeat(LONG)).length());
    String wanted = "a".repeat(LONG) + "b";
    assertEquals(-1, new TextSearch(wanted).indexIn("a".repeat(8 * LONG), 0));
  }

  @Test
  void doublesAreTheShortestThatReadBack() {
    Random random = Seeds.random("doubles");
    for (int i = 0; i < 50_000; i++) {
      double number = Double.longBitsToDouble(random.nextLong());
      double whole = Double.parseDouble(random.nextInt(1000) + "e" + (random.nextInt(640) - 330));
      if (Double.isFinite(number)) {
        assertEquals(NumberOutput.toString(number, true), ShortestDouble.text(number));
      }
      assertEquals(NumberOutput.toString(whole, true), ShortestDouble.text(whole));
    }
  }
}
