package dev.vantage.tsdb.cli.plot;

/** Text as a terminal shows it: without control characters, and by its width. Thread-safe. */
public final class VisibleText {
  private VisibleText() {}

  /**
   * Replaces the characters that would control the terminal: control characters, which may begin
   * escape sequences, and characters that reverse the direction of text.
   *
   * @param text any text
   * @return the text with a question mark in the place of each such character
   */
  public static String of(String text) {
    if (text.chars().noneMatch(VisibleText::controls)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length());
    text.chars().forEach(one -> shown.append(controls(one) ? '?' : (char) one));
    return shown.toString();
  }

  private static boolean controls(int one) {
    return Character.isISOControl(one)
        || one >= 0x202A && one <= 0x202E
        || one >= 0x2066 && one <= 0x2069
        || one == 0x200E
        || one == 0x200F
        || one == 0x2028
        || one == 0x2029;
  }

  /**
   * Counts the columns that a text takes, by the East Asian width of its characters (Unicode
   * Standard Annex 11, its blocks of wide characters).
   *
   * @param text the text, without control characters
   * @return the number of columns
   */
  public static int width(String text) {
    return text.codePoints().map(VisibleText::width).sum();
  }

  /**
   * Counts the columns that a character takes.
   *
   * @param one its code point
   * @return 0 if the character modifies the previous one, 2 if it is wide, else 1
   */
  static int width(int one) {
    if (one < 0x300) {
      return 1;
    }
    return switch (Character.getType(one)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(one) ? 2 : 1;
    };
  }

  private static boolean isWide(int one) {
    return one >= 0x1100 && one <= 0x115F
        || one >= 0x2E80 && one <= 0xA4CF && one != 0x303F
        || one >= 0xAC00 && one <= 0xD7A3
        || one >= 0xF900 && one <= 0xFAFF
        || one >= 0xFE30 && one <= 0xFE6F
        || one >= 0xFF00 && one <= 0xFF60
        || one >= 0xFFE0 && one <= 0xFFE6
        || one >= 0x1F300 && one <= 0x1F64F
        || one >= 0x1F680 && one <= 0x1F6FF
        || one >= 0x1F900 && one <= 0x1FAFF
        || one >= 0x20000 && one <= 0x3FFFD;
  }

  /**
   * Cuts a text from its end.
   *
   * @param text the text, without control characters
   * @param columns the columns that it may take
   * @param more what stands in place of the rest
   * @return the whole text if it fits into {@code columns}; else its beginning, followed by {@code
   *     more}
   */
  static String fitted(String text, int columns, String more) {
    if (width(text) <= columns) {
      return text;
    }
    int left = columns - width(more);
    int end = 0;
    while (end < text.length() && left >= width(text.codePointAt(end))) {
      left -= width(text.codePointAt(end));
      end = text.offsetByCodePoints(end, 1);
    }
    return text.substring(0, end) + more;
  }
}
