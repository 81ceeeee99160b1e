package dev.vantage.tsdb.language;

/** The text of a program and the place up to which it was read. Not thread-safe. */
final class Source {
  private static final int END = -1;

  private final String text;
  private int at;
  private int line = 1;
  private int column = 1;

  Source(String text) {
    this.text = text;
  }

  boolean isAtEnd() {
    return at >= text.length();
  }

  Position position() {
    return new Position(line, column);
  }

  boolean startsWith(String sign) {
    return text.startsWith(sign, at);
  }

  /**
   * Returns the next code point, or a negative number at the end.
   *
   * @throws ProgramException if a program must not have the code point
   */
  int peek() {
    if (isAtEnd()) {
      return END;
    }
    int codePoint = text.codePointAt(at);
    if (codePoint == 0) {
      throw ProgramException.at(
          position(), "syntax/token", "program must not have the character U+0000");
    } else if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
      throw ProgramException.at(
          position(), "syntax/token", "program must be valid Unicode: found=an unpaired surrogate");
    }
    return codePoint;
  }

  /** Takes the next code point, or a negative number at the end. */
  int next() {
    int codePoint = peek();
    if (codePoint != END) {
      at += Character.charCount(codePoint);
      // A carriage return ends a line unless a line feed follows.
      boolean endsLine = codePoint == '\n' || codePoint == '\r' && !startsWith("\n");
      line += endsLine ? 1 : 0;
      column = endsLine ? 1 : column + 1;
    }
    return codePoint;
  }

  void skip(int codePoints) {
    for (int i = 0; i < codePoints; i++) {
      next();
    }
  }

  /** Skips white space and comments that end with their line. */
  void skipBlanks() {
    while (!isAtEnd()) {
      int codePoint = peek();
      if (codePoint == ';') {
        skipLine();
      } else if (Spelling.isBlank(codePoint)) {
        next();
      } else {
        return;
      }
    }
  }

  private void skipLine() {
    while (!isAtEnd() && peek() != '\n' && peek() != '\r') {
      next();
    }
  }

  /** Takes the chars up to the end of an atom. */
  String token() {
    int from = at;
    while (!isAtEnd() && !endsAtom(peek())) {
      next();
    }
    return text.substring(from, at);
  }

  /** Says whether an atom ends before a code point, or at the end. */
  static boolean endsAtom(int codePoint) {
    return codePoint == END || "()\";".indexOf(codePoint) >= 0 || Spelling.isBlank(codePoint);
  }
}
