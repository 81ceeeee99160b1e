package dev.vantage.tsdb.language;

/** The spelling of names and texts, for reading and for printing. Thread-safe. */
final class Spelling {
  private static final String SIGNS = "+-*/<>=!?_%&$@^~";

  private Spelling() {}

  static boolean isInitial(int codePoint) {
    return Character.isLetter(codePoint) || SIGNS.indexOf(codePoint) >= 0;
  }

  static boolean isDigit(int codePoint) {
    return codePoint >= '0' && codePoint <= '9';
  }

  static boolean isBlank(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }

  /** Says whether a name can be written without bars. */
  static boolean isName(String name) {
    return !name.isEmpty()
        && isInitial(name.codePointAt(0))
        && name.codePoints().allMatch(c -> isInitial(c) || isDigit(c) || c == '.')
        && !beginsNumber(name);
  }

  /** Says whether a token is meant as a number: a digit is first, or follows a sign or a point. */
  static boolean beginsNumber(String token) {
    int at = token.startsWith("+") || token.startsWith("-") ? 1 : 0;
    at += token.startsWith(".", at) ? 1 : 0;
    return at < token.length() && isDigit(token.charAt(at));
  }

  /** Writes a name so that it reads back as a symbol, or after a colon as a keyword. */
  static String name(String name) {
    boolean isConstant = name.equals("true") || name.equals("false") || name.equals("nil");
    return isName(name) && !isConstant
        ? name
        : "|" + name.replace("\\", "\\\\").replace("|", "\\|") + "|";
  }

  /** Writes a text so that it reads back. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(c -> escape(c, quoted));
    return quoted.append('"').toString();
  }

  private static void escape(int codePoint, StringBuilder into) {
    switch (codePoint) {
      case '"' -> into.append("\\\"");
      case '\\' -> into.append("\\\\");
      case '\n' -> into.append("\\n");
      case '\r' -> into.append("\\r");
      case '\t' -> into.append("\\t");
      default -> {
        if (Character.isISOControl(codePoint)) {
          into.append(String.format("\\u%04x", codePoint));
        } else {
          into.appendCodePoint(codePoint);
        }
      }
    }
  }
}
