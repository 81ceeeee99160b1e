package dev.vantage.tsdb.series;

import java.nio.charset.StandardCharsets;

/** Checks that a string survives being encoded as UTF-8. Thread-safe. */
final class UnicodeText {
  private UnicodeText() {}

  static void check(String what, String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new InvalidAttributeException(
          what + " must be valid Unicode: found=an unpaired surrogate");
    }
  }
}
