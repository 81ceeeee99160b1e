package dev.vantage.tsdb.server.monitor;

import dev.vantage.tsdb.protocol.Secrets;

/** Text from outside, fit for one line of a log. */
final class Printable {
  private static final int LONGEST = 200;

  private Printable() {}

  /** The first 200 characters, with those escaped that could pass for the end of a line. */
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
      // Formats turn the direction of what follows.
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
