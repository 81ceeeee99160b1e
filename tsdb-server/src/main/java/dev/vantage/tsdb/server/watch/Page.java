package dev.vantage.tsdb.server.watch;

/**
 * An answer over HTTP.
 *
 * @param status its code
 * @param type what the text is, as in {@code text/plain; charset=utf-8}
 * @param text the text
 */
record Page(int status, String type, String text) {
  private static final int OK = 200;
  private static final String PLAIN = "text/plain; charset=utf-8";

  static Page ok(String type, String text) {
    return new Page(OK, type, text);
  }

  static Page plain(int status, String line) {
    return new Page(status, PLAIN, line + "\n");
  }
}
