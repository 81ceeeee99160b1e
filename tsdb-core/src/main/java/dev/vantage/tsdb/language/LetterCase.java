package dev.vantage.tsdb.language;

import java.util.Locale;

/**
 * Changes the case of texts in a time proportional to their length, for which the methods of {@link
 * String} take longer. Thread-safe.
 */
final class LetterCase {
  private static final int PIECE = 256;
  private static final char CAPITAL_SIGMA = '\u03a3';
  private static final char SIGMA = '\u03c3';
  private static final char FINAL_SIGMA = '\u03c2';

  private LetterCase() {}

  /** Returns a text in capitals; one char may become several. */
  static String upper(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int from = 0; from < text.length(); ) {
      int to = pieceEnd(text, from);
      out.append(text.substring(from, to).toUpperCase(Locale.ROOT));
      from = to;
    }
    return out.toString();
  }

  /** Returns a text in small letters. A sigma at the end of a word is a final one. */
  static String lower(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int from = 0; from < text.length(); ) {
      int to = pieceEnd(text, from);
      appendLower(text, from, to, out);
      from = to;
    }
    return out.toString();
  }

  private static void appendLower(String text, int from, int to, StringBuilder out) {
    int begin = from;
    for (int at = from; at < to; at++) {
      if (text.charAt(at) == CAPITAL_SIGMA) {
        out.append(text.substring(begin, at).toLowerCase(Locale.ROOT));
        out.append(isFinal(text, at) ? FINAL_SIGMA : SIGMA);
        begin = at + 1;
      }
    }
    out.append(text.substring(begin, to).toLowerCase(Locale.ROOT));
  }

  private static boolean isFinal(String text, int at) {
    boolean isAfterLetter = at > 0 && Character.isLetter(text.codePointBefore(at));
    boolean isBeforeLetter = at + 1 < text.length() && Character.isLetter(text.codePointAt(at + 1));
    return isAfterLetter && !isBeforeLetter;
  }

  private static int pieceEnd(String text, int from) {
    int end = Math.min(text.length(), from + PIECE);
    boolean isWithin = end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
    return isWithin ? end - 1 : end;
  }
}
