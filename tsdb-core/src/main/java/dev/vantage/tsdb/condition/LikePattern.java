package dev.vantage.tsdb.condition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A LIKE pattern: % matches any sequence of characters, _ any single character. Immutable. */
public final class LikePattern {
  /**
   * The maximum length, in chars. Databases match each % by a recursive call, so a long pattern
   * would overflow their stack.
   */
  static final int MAX_CHARS = 1000;

  /** Stands for % in {@link #parts}. */
  public static final int ANY_RUN = -1;

  /** Stands for _ in {@link #parts}. */
  public static final int ANY_ONE = -2;

  private final String text;

  /** The escape character, or the empty string if there is none. */
  private final String escape;

  private final int[] parts;

  /** The segments before, between and after the %: one more than the number of %. */
  private final List<LikeSegment> segments;

  private LikePattern(String text, String escape, int[] parts) {
    this.text = text;
    this.escape = escape;
    this.parts = parts;
    this.segments = segments(parts);
  }

  private static List<LikeSegment> segments(int[] parts) {
    List<LikeSegment> segments = new ArrayList<>();
    int from = 0;
    for (int to = 0; to <= parts.length; to++) {
      if (to == parts.length || parts[to] == ANY_RUN) {
        segments.add(new LikeSegment(Arrays.copyOfRange(parts, from, to)));
        from = to + 1;
      }
    }
    return List.copyOf(segments);
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
    return new LikePattern(
        text, escape.map(Literal.Text::value).orElse(""), Arrays.copyOf(parts, count));
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

  /**
   * Returns the characters and wildcards of the pattern, with runs of % reduced to one.
   *
   * @return code points, {@link #ANY_RUN} and {@link #ANY_ONE}; a copy
   */
  public int[] parts() {
    return parts.clone();
  }

  /**
   * Says whether a whole string matches. Cost: linear in the length of the string, times one per 64
   * characters of the longest segment.
   */
  boolean matches(String value) {
    int last = segments.size() - 1;
    int at = segments.get(0).endAt(value, 0);
    if (at < 0 || last == 0) {
      return at == value.length();
    }
    int end = segments.get(last).beginAt(value, value.length());
    // Taking the first match of each segment leaves the most room for the segments after it.
    for (int i = 1; i < last && at >= 0; i++) {
      at = segments.get(i).find(value, at, end);
    }
    return at >= 0 && at <= end;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LikePattern that && Arrays.equals(parts, that.parts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(parts);
  }

  /** Returns the pattern as a condition writes it, its escape included. */
  @Override
  public String toString() {
    String pattern = new Literal.Text(text, 1).toString();
    return escape.isEmpty() ? pattern : pattern + " escape " + new Literal.Text(escape, 1);
  }
}
