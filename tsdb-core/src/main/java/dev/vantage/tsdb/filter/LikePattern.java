package dev.vantage.tsdb.filter;

import java.util.Arrays;
import java.util.Optional;

/** A text with wildcards: % stands for any run of characters, _ for one. */
final class LikePattern {
  /**
   * The most chars. Databases match each % by a call within a call, so that a pattern must stay
   * short for the stack that they run on.
   */
  static final int MAX_CHARS = 1000;

  static final int ANY_RUN = -1;
  static final int ANY_ONE = -2;

  private final String text;
  private final Optional<String> escape;
  private final int[] parts;

  private LikePattern(String text, Optional<String> escape, int[] parts) {
    this.text = text;
    this.escape = escape;
    this.parts = parts;
  }

  static LikePattern of(Literal.Text pattern, Optional<Literal.Text> escape) {
    String text = pattern.value();
    if (text.length() > MAX_CHARS) {
      throw InvalidConditionException.at(
          pattern.column(),
          "pattern must have at most " + MAX_CHARS + " chars",
          "chars=" + text.length());
    }
    int escaping = escape.map(LikePattern::single).orElse(ANY_RUN);
    int[] codePoints = text.codePoints().toArray();
    int[] parts = new int[codePoints.length];
    int count = 0;
    for (int i = 0; i < codePoints.length; i++) {
      int part = part(codePoints[i]);
      if (codePoints[i] == escaping) {
        if (++i == codePoints.length) {
          throw InvalidConditionException.at(
              pattern.column(),
              "pattern must not end with its escape character",
              "pattern=" + InvalidConditionException.shown(pattern.toString()));
        }
        part = codePoints[i];
      }
      if (part != ANY_RUN || count == 0 || parts[count - 1] != ANY_RUN) {
        parts[count++] = part;
      }
    }
    return new LikePattern(text, escape.map(Literal.Text::value), Arrays.copyOf(parts, count));
  }

  private static int single(Literal.Text escape) {
    String text = escape.value();
    if (text.codePointCount(0, text.length()) != 1) {
      throw InvalidConditionException.at(
          escape.column(),
          "escape must be one character",
          "found=" + InvalidConditionException.shown(escape.toString()));
    }
    return text.codePointAt(0);
  }

  private static int part(int codePoint) {
    return switch (codePoint) {
      case '%' -> ANY_RUN;
      case '_' -> ANY_ONE;
      default -> codePoint;
    };
  }

  /** The pattern's characters and wildcards, without runs of %. */
  int[] parts() {
    return parts.clone();
  }

  /** Time is at most the product of both lengths: only the last % that was met can move. */
  boolean matches(String value) {
    int at = 0;
    int part = 0;
    int afterRun = -1;
    int retry = -1;
    while (at < value.length()) {
      int codePoint = value.codePointAt(at);
      if (part < parts.length && parts[part] == ANY_RUN) {
        afterRun = ++part;
        retry = at;
        if (part == parts.length) {
          return true;
        }
      } else if (part < parts.length && (parts[part] == ANY_ONE || parts[part] == codePoint)) {
        part++;
        at += Character.charCount(codePoint);
      } else if (afterRun >= 0) {
        retry += Character.charCount(value.codePointAt(retry));
        at = retry;
        part = afterRun;
      } else {
        return false;
      }
    }
    return part == parts.length || part == parts.length - 1 && parts[part] == ANY_RUN;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LikePattern that && Arrays.equals(parts, that.parts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(parts);
  }

  /** How a condition has it, its escape included. */
  @Override
  public String toString() {
    String pattern = new Literal.Text(text, 1).toString();
    return escape.map(c -> pattern + " escape " + new Literal.Text(c, 1)).orElse(pattern);
  }
}
