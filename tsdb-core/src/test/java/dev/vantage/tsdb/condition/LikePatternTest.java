package dev.vantage.tsdb.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vantage.tsdb.store.sql.LikeAgreement;
import dev.vantage.tsdb.testkit.Seeds;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikePatternTest {
  private static LikePattern pattern(String text, String escape) {
    return LikePattern.of(
        new Literal.Text(text, 1), Optional.of(escape).map(c -> new Literal.Text(c, 1)));
  }

  @ParameterizedTest
  @CsvSource({
    "RR%, RRab, true",
    "RR%, RR, true",
    "RR%, rrab, false",
    "%, '', true",
    "'', '', true",
    "'', a, false",
    "_, 😀, true",
    "__, 😀, false",
    "%_, '', false",
    "a%b%c, a--b--b--c, true",
    "a%b%c, a--b--c--b, false",
    "%ab, aab, true",
    "!%, %, true",
    "!%, a, false",
    "!_!!%, _!, true",
    "!a, a, true",
    "[a]*?, [a]*?, true",
    "[a]*?, axx, false"
  })
  void matches(String pattern, String text, boolean matches) {
    assertEquals(matches, pattern(pattern, "!").matches(text));
  }

  @Test
  void agreesWithRegularExpressions() {
    Random random = Seeds.random("LikePatternTest");
    String[] pieces = {"a", "b", "%", "_", "!%", "!_", "!!", "😀", "\n"};
    String[] regexes = {"a", "b", ".*", ".", "%", "_", "!", "😀", "\n"};
    String[] texts = {"a", "b", "a", "b", "%", "_", "!", "😀", "\n"};
    for (int trial = 0; trial < 20_000; trial++) {
      StringBuilder pattern = new StringBuilder();
      StringBuilder regex = new StringBuilder();
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(8); i > 0; i--) {
        int piece = random.nextInt(pieces.length);
        pattern.append(pieces[piece]);
        regex.append(regexes[piece]);
        if (random.nextInt(8) > 0) {
          boolean isWild = piece == 2 || piece == 3;
          text.append(texts[isWild ? random.nextInt(texts.length) : piece]);
        }
      }
      assertEquals(
          Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches(),
          pattern(pattern.toString(), "!").matches(text.toString()),
          () -> "pattern=" + pattern + ", text=" + text);
    }
  }

  /** Segments of up to 300 characters, which take several words of bits. */
  @Test
  void findsLongSegments() {
    Random random = Seeds.random("findsLongSegments");
    String[] letters = {"a", "b", "\uD83D\uDE00"};
    for (int trial = 0; trial < 2000; trial++) {
      StringBuilder segment = new StringBuilder();
      StringBuilder text = new StringBuilder();
      for (int i = 1 + random.nextInt(300); i > 0; i--) {
        String letter = letters[random.nextInt(3)];
        boolean isWild = random.nextInt(4) == 0;
        segment.append(isWild ? "_" : letter);
        text.append(random.nextInt(500) == 0 ? "b" : letter);
      }
      String around = "ab\uD83D\uDE00".repeat(random.nextInt(40));
      String pattern = "%" + segment + "%";
      String whole = around + text + around;
      assertEquals(
          LikeAgreement.matches(pattern, whole),
          pattern(pattern, "!").matches(whole),
          () -> "pattern=" + pattern + ", text=" + whole);
    }
  }

  /** A match that restarted at each position would take half an hour. */
  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void takesTimeLinearInTheText() {
    String text = "a".repeat(65_536);
    LikePattern hostile = pattern("%" + "a_".repeat(490) + "b%", "!");
    for (int i = 0; i < 500; i++) {
      assertEquals(false, hostile.matches(text));
    }
    assertEquals(true, hostile.matches(text + "b"));
  }

  @Test
  void takesTimeOfBothLengthsAtMost() {
    String pattern = "%a".repeat(499) + "%b";
    String text = "a".repeat(65_536);
    assertEquals(false, pattern(pattern, "!").matches(text));
    assertEquals(true, pattern(pattern, "!").matches(text + "b"));
  }
}
