package dev.vantage.tsdb.server.cache;

import dev.vantage.tsdb.protocol.Body;

/**
 * An answer that was computed.
 *
 * @param changes the count of changes from before its search began
 * @param payload the payload, as it is sent; not to be changed
 */
record CachedAnswer(long changes, Body payload) {
  /** Of a key, an answer, its body, its list of pieces and the header of one of them. */
  private static final int OBJECTS = 48 + 24 + 24 + 24 + 16;

  /** The memory that the answer takes with its key, without what keeps them, in bytes. */
  int bytes() {
    return OBJECTS + (payload.length() + 7) / 8 * 8;
  }
}
