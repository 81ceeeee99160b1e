package dev.vantage.tsdb.server.monitor;

/**
 * An answer over HTTP.
 *
 * @param status its code
 * @param type what the text is, as in {@code text/plain; charset=utf-8}
 * @param text the text
 */
record HttpPage(int status, String type, String text) {
  private static final int OK = 200;
  private static final String PLAIN = "text/plain; charset=utf-8";

  static HttpPage ok(String type, String text) {
    return new HttpPage(OK, type, text);
  }

  static HttpPage plain(int status, String line) {
    return new HttpPage(status, PLAIN, line + "\n");
  }
}
