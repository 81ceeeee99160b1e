package dev.vantage.tsdb.server.monitor;

/**
 * An HTTP response. Immutable.
 *
 * @param status the status code
 * @param type the content type, for example {@code text/plain; charset=utf-8}
 * @param text the body
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
