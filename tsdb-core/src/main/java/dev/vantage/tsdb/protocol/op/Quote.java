package dev.vantage.tsdb.protocol.op;

/** How messages repeat what was sent, which may be as long as a frame. */
final class Quote {
  private static final int MOST_CHARS = 50;

  private Quote() {}

  /** A text, or the beginning of one that is long. */
  static String start(String text) {
    return text.length() > MOST_CHARS ? text.substring(0, MOST_CHARS) : text;
  }
}
