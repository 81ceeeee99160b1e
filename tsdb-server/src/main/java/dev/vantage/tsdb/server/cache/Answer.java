package dev.vantage.tsdb.server.cache;

/**
 * An answer that was computed.
 *
 * @param changes the count of changes from before its search began
 * @param payload the payload, as it is sent; not to be changed
 */
record Answer(long changes, byte[] payload) {
  /** Of a key, an answer, and the header of its array, each rounded up as the JVM does. */
  private static final int OBJECTS = 48 + 24 + 16;

  /** The memory that the answer takes with its key, without what keeps them, in bytes. */
  int bytes() {
    return OBJECTS + (payload.length + 7) / 8 * 8;
  }
}
