package dev.vantage.tsdb.server.monitor;

import dev.vantage.tsdb.protocol.Secrets;

/** Makes external text safe for one line of a log. */
final class Printable {
  private static final int LONGEST = 200;

  private Printable() {}

  /**
   * Returns the first 200 characters. Escapes characters that could look like the end of a line.
   */
  static String of(String given) {
    String text = Secrets.maskedIn(given);
    StringBuilder printable = new StringBuilder();
    text.codePoints().limit(LONGEST).forEach(one -> append(printable, one));
    if (text.codePointCount(0, text.length()) > LONGEST) {
      printable.append("...");
    }
    return printable.toString();
  }

  private static void append(StringBuilder printable, int codePoint) {
    switch (Character.getType(codePoint)) {
      // Format characters can reverse the direction of the following text.
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          printable.append(String.format("\\u%04x", codePoint));
      default -> printable.appendCodePoint(codePoint);
    }
  }
}
