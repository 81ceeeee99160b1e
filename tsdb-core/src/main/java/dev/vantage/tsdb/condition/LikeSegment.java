package dev.vantage.tsdb.condition;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A part of a LIKE pattern without %: characters, and _ for any single character. Immutable.
 *
 * <p>Segments are found by the Shift-And algorithm (Baeza-Yates and Gonnet, "A new approach to text
 * searching", 1992, doi:10.1145/135239.135243): bit i says whether the string read so far ends with
 * the first i + 1 characters of the segment.
 */
final class LikeSegment {
  private final int[] parts;

  /** The code points of the segment, sorted. Each has a mask; the last mask is for all others. */
  private final int[] letters;

  private final long[][] masks;
  private final int words;

  LikeSegment(int[] parts) {
    this.parts = parts;
    letters = IntStream.of(parts).filter(part -> part >= 0).sorted().distinct().toArray();
    words = (parts.length + Long.SIZE - 1) / Long.SIZE;
    masks = new long[letters.length + 1][words];
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] == LikePattern.ANY_ONE) {
        for (long[] mask : masks) {
          mask[i / Long.SIZE] |= 1L << i;
        }
      } else {
        masks[Arrays.binarySearch(letters, parts[i])][i / Long.SIZE] |= 1L << i;
      }
    }
  }

  private boolean accepts(int i, int codePoint) {
    return parts[i] == LikePattern.ANY_ONE || parts[i] == codePoint;
  }

  /** Returns the end of the segment if the string has it at an index; else -1. */
  int endAt(String text, int from) {
    int at = from;
    for (int i = 0; i < parts.length; i++) {
      if (at == text.length() || !accepts(i, text.codePointAt(at))) {
        return -1;
      }
      at += Character.charCount(text.codePointAt(at));
    }
    return at;
  }

  /** Returns the start of the segment if the string has it ending at an index; else -1. */
  int beginAt(String text, int end) {
    int at = end;
    for (int i = parts.length - 1; i >= 0; i--) {
      if (at == 0 || !accepts(i, text.codePointBefore(at))) {
        return -1;
      }
      at -= Character.charCount(text.codePointBefore(at));
    }
    return at;
  }

  /** Returns the end of the first occurrence of the segment in a part of a string; else -1. */
  int find(String text, int from, int to) {
    long[] state = new long[words];
    long whole = 1L << parts.length - 1;
    int at = from;
    while (at < to) {
      int codePoint = text.codePointAt(at);
      at += Character.charCount(codePoint);
      int letter = Arrays.binarySearch(letters, codePoint);
      long[] mask = masks[letter < 0 ? letters.length : letter];
      long carry = 1;
      for (int word = 0; word < words; word++) {
        long shifted = state[word] << 1 | carry;
        carry = state[word] >>> 63;
        state[word] = shifted & mask[word];
      }
      if ((state[words - 1] & whole) != 0) {
        return at;
      }
    }
    return -1;
  }
}
