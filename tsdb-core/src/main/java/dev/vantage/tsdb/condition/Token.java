package dev.vantage.tsdb.condition;

/**
 * A token of a condition. Immutable.
 *
 * @param text its meaning: a name or a string without its quotes, a keyword in lower case
 * @param source the token as written
 * @param column the position of its first char, from 1
 */
record Token(Kind kind, String text, String source, int column) {
  enum Kind {
    KEYWORD,
    NAME,
    QUOTED_NAME,
    NUMBER,
    TEXT,
    SYMBOL,
    END
  }

  boolean isName() {
    return kind == Kind.NAME || kind == Kind.QUOTED_NAME;
  }

  boolean isKeyword(String keyword) {
    return kind == Kind.KEYWORD && text.equals(keyword);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  InvalidConditionException refused(String rule) {
    return refused(rule, "");
  }

  InvalidConditionException refused(String rule, String hint) {
    String found =
        kind == Kind.END
            ? "found=the end"
            : "found=" + InvalidConditionException.shown(source.isEmpty() ? text : source);
    return InvalidConditionException.at(column, rule, found, hint);
  }
}
