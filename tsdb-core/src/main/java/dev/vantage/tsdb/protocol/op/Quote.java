package dev.vantage.tsdb.protocol.op;

/** Shortens sent strings for messages: they may be as long as a frame. Thread-safe. */
final class Quote {
  private static final int MOST_CHARS = 50;

  private Quote() {}

  /** Returns a string, or the beginning of a long string. */
  static String start(String text) {
    return text.length() > MOST_CHARS ? text.substring(0, MOST_CHARS) : text;
  }
}
