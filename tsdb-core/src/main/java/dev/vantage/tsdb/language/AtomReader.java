package dev.vantage.tsdb.language;

import dev.vantage.tsdb.series.AttributeValue.TimestampValue;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads numbers, texts, timestamps, keywords and symbols. Not thread-safe. */
final class AtomReader {
  private static final String TOKEN = "syntax/token";
  private static final int MAX_SHOWN = 60;
  private static final int LAST_CODE_POINT = 0x10FFFF;
  private static final Pattern LONG = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

  private final Source source;

  AtomReader(Source source) {
    this.source = source;
  }

  /** Reads a number as a program writes it; empty if the text is not a number. */
  static Optional<Value> number(String text) {
    try {
      if (LONG.matcher(text).matches()) {
        return Optional.of(new Value.LongNumber(Long.parseLong(text)));
      } else if (DECIMAL.matcher(text).matches() && Double.isFinite(Double.parseDouble(text))) {
        return Optional.of(new Value.DoubleNumber(Double.parseDouble(text)));
      }
    } catch (NumberFormatException e) {
      return Optional.empty(); // a long that does not fit
    }
    return Optional.empty();
  }

  /** Reads the atom that begins here. */
  Value read() {
    Position position = source.position();
    int first = source.peek();
    if (first == '"') {
      return new Value.Text(text(position));
    } else if (first == '|') {
      return new Value.Symbol(barred(position));
    } else if (first == ':') {
      return keyword(position);
    } else if (first == '#') {
      return timestamp(position);
    } else if ("[]{}`".indexOf(first) >= 0) {
      throw reserved(position, first);
    }
    return word(source.token(), position);
  }

  private static ProgramException reserved(Position position, int sign) {
    String instead =
        switch (sign) {
          case '[', ']' -> "(list ...)";
          case '{', '}' -> "(record :name value ...)";
          default -> "' for quote";
        };
    return ProgramException.at(
        position,
        TOKEN,
        Character.toString(sign) + " must not be in a program: hint: write " + instead);
  }

  private Value word(String token, Position position) {
    if (Spelling.beginsNumber(token)) {
      return number(token)
          .orElseThrow(
              () ->
                  refused(
                      position,
                      LONG.matcher(token).matches()
                          ? "integer must fit 64 bits"
                          : "number must be decimal and finite",
                      token));
    }
    return switch (token) {
      case "true" -> Value.Bool.TRUE;
      case "false" -> Value.Bool.FALSE;
      case "nil" -> Value.Nil.NIL;
      case "." -> new Value.Symbol(token);
      default -> {
        if (!Spelling.isName(token)) {
          throw refused(position, "a form must be a list, number, text, keyword or name", token);
        }
        yield new Value.Symbol(token);
      }
    };
  }

  private Value keyword(Position position) {
    source.next();
    if (source.peek() == '|') {
      return new Value.Keyword(barred(position));
    }
    String name = source.token();
    if (!Spelling.isName(name)) {
      throw refused(position, "keyword must be a colon and a name", ":" + name);
    }
    return new Value.Keyword(name);
  }

  private Value timestamp(Position position) {
    String token = source.token();
    if (!token.equals("#inst")) {
      throw refused(position, "# must be before inst and a timestamp, or before _", token);
    }
    source.skipBlanks();
    Position at = source.position();
    if (source.peek() != '"') {
      throw ProgramException.at(at, TOKEN, "#inst must be before a text in quotes");
    }
    String text = text(at);
    return timestamp(text)
        .<Value>map(value -> new Value.Moment(value.value()))
        .orElseThrow(() -> refused(at, "timestamp must be like \"2024-05-01T20:15:00Z\"", text));
  }

  private static Optional<TimestampValue> timestamp(String text) {
    boolean isDate = text.length() == "2024-05-01".length();
    return TimestampValue.ofText(isDate ? text + "T00:00:00Z" : text);
  }

  private String text(Position position) {
    source.next();
    StringBuilder text = new StringBuilder();
    while (source.peek() != '"') {
      if (source.isAtEnd()) {
        throw ProgramException.at(
            position, "syntax/unbalanced", "every text must end with \": opened at " + position);
      }
      int codePoint = source.next();
      text.appendCodePoint(codePoint == '\\' ? escaped() : codePoint);
    }
    source.next();
    checkEnd();
    return text.toString();
  }

  private int escaped() {
    Position position = source.position();
    int sign = source.next();
    return switch (sign) {
      case '"', '\\' -> sign;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode(position);
      default ->
          throw ProgramException.at(
              position, TOKEN, "\\ in a text must be before one of \" \\ n r t u");
    };
  }

  private int unicode(Position position) {
    boolean isBraced = source.peek() == '{';
    source.skip(isBraced ? 1 : 0);
    int value = 0;
    int digits = 0;
    while (digits < (isBraced ? 6 : 4) && Character.digit(source.peek(), 16) >= 0) {
      value = 16 * value + Character.digit(source.next(), 16);
      digits++;
    }
    boolean isWhole = isBraced ? digits > 0 && source.next() == '}' : digits == 4;
    boolean isCharacter =
        value > 0
            && value <= LAST_CODE_POINT
            && (value < Character.MIN_SURROGATE || value > Character.MAX_SURROGATE);
    if (!isWhole || !isCharacter) {
      throw ProgramException.at(
          position, TOKEN, "\\u must be before 4 hex digits, or 1 to 6 in braces, of a character");
    }
    return value;
  }

  private String barred(Position position) {
    source.next();
    StringBuilder name = new StringBuilder();
    while (source.peek() != '|') {
      if (source.isAtEnd()) {
        throw ProgramException.at(
            position, "syntax/unbalanced", "every name must end with |: opened at " + position);
      }
      int codePoint = source.next();
      if (codePoint == '\\') {
        Position at = source.position();
        codePoint = source.next();
        if (codePoint != '|' && codePoint != '\\') {
          throw ProgramException.at(at, TOKEN, "\\ in a name must be before | or \\");
        }
      }
      name.appendCodePoint(codePoint);
    }
    source.next();
    checkEnd();
    return name.toString();
  }

  /** Checks that nothing is written directly after a text or a name in bars. */
  private void checkEnd() {
    Position position = source.position();
    if (!Source.endsAtom(source.peek())) {
      throw refused(position, "a space must be between two forms", source.token());
    }
  }

  private static ProgramException refused(Position position, String rule, String found) {
    StringBuilder shown = new StringBuilder();
    found
        .codePoints()
        .limit(MAX_SHOWN)
        .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
        .forEach(shown::appendCodePoint);
    boolean isCut = found.codePointCount(0, found.length()) > MAX_SHOWN;
    return ProgramException.at(position, TOKEN, rule + ": found=" + shown + (isCut ? "..." : ""));
  }
}
