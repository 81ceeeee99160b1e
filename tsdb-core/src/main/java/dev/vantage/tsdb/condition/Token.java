package dev.vantage.tsdb.condition;

/**
 * A word of a condition.
 *
 * @param text what it means: a name or a text without its quotes, a keyword in lower case
 * @param source how it was written
 * @param column where it begins, in chars, from 1
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
    String found =
        kind == Kind.END
            ? "found=the end"
            : "found=" + InvalidConditionException.shown(source.isEmpty() ? text : source);
    return InvalidConditionException.at(column, rule, found);
  }
}
