package dev.vantage.tsdb.cli.plot;

/** Writes text and numbers so that SVG and HTML can contain them. Thread-safe. */
final class Markup {
  private static final int REPLACEMENT = 0xfffd;
  private static final int LARGEST_OF_PLANE_MASK = 0xfffe;

  private Markup() {}

  /** Escapes a text for an element or for an attribute in double quotes. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints().forEach(one -> append(isLegal(one) ? one : REPLACEMENT, escaped));
    return escaped.toString();
  }

  private static void append(int character, StringBuilder out) {
    switch (character) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      default -> out.appendCodePoint(character);
    }
  }

  /** Returns whether XML 1.0 allows a character and the character changes no text around it. */
  private static boolean isLegal(int character) {
    return !Character.isISOControl(character)
        && Character.getType(character) != Character.SURROGATE
        && Character.getType(character) != Character.FORMAT
        && (character & LARGEST_OF_PLANE_MASK) != LARGEST_OF_PLANE_MASK;
  }

  /** Rounds a coordinate of at least 0 to a tenth. */
  static String number(double coordinate) {
    long tenths = Math.round(coordinate * 10);
    return tenths % 10 == 0 ? Long.toString(tenths / 10) : tenths / 10 + "." + tenths % 10;
  }
}
