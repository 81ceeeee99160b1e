package dev.vantage.tsdb.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vantage.tsdb.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesIdsTest {
  /** Code points around every boundary of UTF-8 and UTF-16, surrogate pairs included. */
  private static final int[] CODE_POINTS = {
    ' ', 'A', 'a', 0x7E, 0xA0, 0xE9, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x103FF,
    0x10400, 0x1F600, 0x10FFFF
  };

  private static void refused(String message, String id) {
    assertEquals(
        message, assertThrows(InvalidIdException.class, () -> SeriesIds.check(id)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", " ", "0", "é", "a b", "\uD83D\uDE00", "../../etc/passwd", "\u2028"})
  void takesAnyTextWithoutControlCharacters(String id) {
    assertSame(id, SeriesIds.check(id));
  }

  @Test
  void limitsTheBytesNotTheChars() {
    assertEquals(SeriesIds.MAX_BYTES, 250);
    SeriesIds.check("x".repeat(250));
    SeriesIds.check("é".repeat(125));
    SeriesIds.check("€".repeat(83) + "x");
    SeriesIds.check("\uD83D\uDE00".repeat(62) + "xx");
    String rule = "id must have at most 250 bytes of UTF-8: bytes>=251";
    refused(rule, "x".repeat(251));
    refused(rule, "é".repeat(125) + "x");
    refused(rule, "€".repeat(83) + "xx");
    refused(rule, "\uD83D\uDE00".repeat(62) + "xxx");
    refused(
        "id must have at most 250 bytes of UTF-8: bytes>=1000000", "\uD83D\uDE00".repeat(500_000));
    refused("id must have at least 1 byte: length=0", "");
  }

  @Test
  void refusesControlCharacters() {
    for (int c = 0; c <= 0xFF; c++) {
      String id = "a" + (char) c;
      if (c < 0x20 || c >= 0x7F && c < 0xA0) {
        refused(String.format("id must not have control characters: found=U+%04X", c), id);
      } else {
        assertSame(id, SeriesIds.check(id));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void refusesUnpairedSurrogates(int place) {
    String rule = "id must be valid Unicode: found=an unpaired surrogate";
    for (String half : new String[] {"\uD83D", "\uDE00", "\uDE00\uD83D"}) {
      refused(rule, "ab".substring(0, place) + half + "ab".substring(place));
    }
  }

  @Test
  void entriesHaveCheckedIds() {
    TimeSeries series = TimeSeries.ofValues(1, 2);
    assertThrows(InvalidIdException.class, () -> new SeriesEntry("", series));
    assertThrows(NullPointerException.class, () -> new SeriesEntry("a", null));
    assertEquals(Attributes.none(), new SeriesEntry("a", series).attributes());
  }

  @Test
  void orderIsThatOfTheBytes() {
    Random random = Seeds.random("order of ids");
    int beyondString = 0;
    for (int round = 0; round < 200_000; round++) {
      String a = randomId(random);
      // Strings often share a prefix, so a later character decides the order.
      String b =
          random.nextBoolean()
              ? randomId(random)
              : a.substring(
                      0,
                      a.offsetByCodePoints(0, random.nextInt(a.codePointCount(0, a.length()) + 1)))
                  + randomId(random);
      int expected =
          Integer.signum(
              Arrays.compareUnsigned(
                  a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));
      assertEquals(expected, Integer.signum(SeriesIds.ORDER.compare(a, b)), () -> a + " " + b);
      assertEquals(-expected, Integer.signum(SeriesIds.ORDER.compare(b, a)), () -> b + " " + a);
      beyondString += expected == Integer.signum(a.compareTo(b)) ? 0 : 1;
    }
    assertTrue(beyondString > 1000, "pairs that String orders otherwise=" + beyondString);
  }

  private static String randomId(Random random) {
    StringBuilder id = new StringBuilder();
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      id.appendCodePoint(CODE_POINTS[random.nextInt(CODE_POINTS.length)]);
    }
    return id.toString();
  }

  @Test
  void orderSortsCodePoints() {
    TreeSet<String> sorted = new TreeSet<>(SeriesIds.ORDER);
    for (int codePoint : CODE_POINTS) {
      sorted.add(Character.toString(codePoint));
    }
    assertEquals(
        Arrays.stream(CODE_POINTS).mapToObj(Character::toString).toList(),
        sorted.stream().toList());
    assertEquals(0, SeriesIds.ORDER.compare("", ""));
    assertTrue(SeriesIds.ORDER.compare("", "a") < 0);
  }
}
