package dev.vantage.tsdb.condition;

import dev.vantage.tsdb.condition.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits the text of a condition into tokens. */
final class Lexer {
  private static final int MAX_NUMBER = 1000;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?([0-9]+))?");
  private static final Pattern SYMBOL = Pattern.compile("<=|<>|<|>=|>|!=|=|\\(|\\)|,");

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String source) {
    this.source = source;
  }

  /** Returns the tokens of a text, the last of which marks its end. */
  static List<Token> tokens(String source) {
    if (source.length() > Condition.MAX_CHARS) {
      throw InvalidConditionException.at(
          Condition.MAX_CHARS + 1,
          "condition must have at most " + Condition.MAX_CHARS + " chars",
          "chars=" + source.length());
    }
    checkUnicode(source);
    return new Lexer(source).read();
  }

  private static void checkUnicode(String source) {
    int at = 0;
    while (at < source.length()) {
      int codePoint = source.codePointAt(at);
      if (codePoint == 0) {
        throw InvalidConditionException.at(at + 1, "condition must not have the character U+0000");
      }
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        throw InvalidConditionException.at(
            at + 1, "condition must be valid Unicode", "found=an unpaired surrogate");
      }
      at += Character.charCount(codePoint);
    }
  }

  private List<Token> read() {
    skipSpace();
    while (at < source.length()) {
      int codePoint = source.codePointAt(at);
      if (codePoint == '\'') {
        quoted(Kind.TEXT, '\'');
      } else if (codePoint == '"') {
        quotedName();
      } else if (Names.canBegin(codePoint)) {
        word();
      } else if (!number() && !symbol()) {
        throw InvalidConditionException.at(
            at + 1,
            "condition must consist of attributes, literals and operators",
            "found=" + InvalidConditionException.shown(Character.toString(codePoint)),
            meant(codePoint));
      }
      skipSpace();
    }
    tokens.add(new Token(Kind.END, "", "", source.length() + 1));
    return tokens;
  }

  /** Says which word stands for an operator of other languages. */
  private static String meant(int operator) {
    return switch (operator) {
      case '&' -> "tests are joined by and";
      case '|' -> "one of two tests is meant by or";
      case '!' -> "a test is negated by not";
      default -> "";
    };
  }

  /** Returns a part of a condition as a literal of type text. */
  static String asText(String part) {
    return "'" + InvalidConditionException.shown(part).replace("'", "''") + "'";
  }

  private void skipSpace() {
    while (at < source.length() && isSpace(source.charAt(at))) {
      at++;
    }
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private void word() {
    int end = endOfWord(at);
    String word = source.substring(at, end);
    boolean isKeyword = Names.isKeyword(word);
    add(
        isKeyword ? Kind.KEYWORD : Kind.NAME,
        isKeyword ? word.toLowerCase(Locale.ROOT) : word,
        end);
  }

  private int endOfWord(int from) {
    int end = from;
    while (end < source.length() && Names.canContinue(source.codePointAt(end))) {
      end += Character.charCount(source.codePointAt(end));
    }
    return end;
  }

  private void quotedName() {
    int column = at + 1;
    quoted(Kind.QUOTED_NAME, '"');
    String name = tokens.get(tokens.size() - 1).text();
    if (name.isEmpty()) {
      throw InvalidConditionException.at(column, "attribute name must have at least 1 char");
    }
  }

  private void quoted(Kind kind, char quote) {
    StringBuilder text = new StringBuilder();
    int from = at + 1;
    while (true) {
      int end = source.indexOf(quote, from);
      if (end < 0) {
        String what = kind == Kind.TEXT ? "text" : "attribute name";
        throw InvalidConditionException.at(at + 1, what + " must end with its quote " + quote);
      }
      text.append(source, from, end);
      if (end + 1 == source.length() || source.charAt(end + 1) != quote) {
        add(kind, text.toString(), end + 1);
        return;
      }
      text.append(quote);
      from = end + 2;
    }
  }

  private boolean number() {
    Matcher matcher = NUMBER.matcher(source).region(at, source.length());
    if (!matcher.lookingAt()) {
      return false;
    }
    int end = matcher.end();
    boolean goesOn = end < source.length() && Names.canContinue(source.codePointAt(end));
    String exponent = matcher.group(1) == null ? "" : matcher.group(1);
    if (goesOn || exponent.length() > 4 || matcher.group().length() > MAX_NUMBER) {
      String rule =
          goesOn
              ? "number must be decimal"
              : "number must have at most " + MAX_NUMBER + " chars, 4 of them for its exponent";
      throw InvalidConditionException.at(
          at + 1,
          rule,
          "found=" + InvalidConditionException.shown(source.substring(at, goesOn ? end + 1 : end)),
          goesOn
              ? "a text has single quotes: " + asText(source.substring(at, endOfWord(end)))
              : "");
    }
    add(Kind.NUMBER, matcher.group().toLowerCase(Locale.ROOT), end);
    return true;
  }

  private boolean symbol() {
    Matcher matcher = SYMBOL.matcher(source).region(at, source.length());
    if (!matcher.lookingAt()) {
      return false;
    }
    add(Kind.SYMBOL, matcher.group(), matcher.end());
    return true;
  }

  private void add(Kind kind, String text, int end) {
    tokens.add(new Token(kind, text, source.substring(at, end), at + 1));
    at = end;
  }
}
