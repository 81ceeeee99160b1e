package dev.vantage.tsdb.server.cache;

import dev.vantage.tsdb.protocol.Body;

/**
 * A cached answer. Immutable.
 *
 * @param changes the count of changes from before its search began
 * @param payload the payload, as it is sent; must not be changed
 */
record CachedAnswer(long changes, Body payload) {
  /** Bytes of a key, an answer, its body, its list of pieces and the header of one piece. */
  private static final int OBJECTS = 48 + 24 + 24 + 24 + 16;

  /**
   * Returns the memory of the answer and its key in bytes, without the overhead of the collection.
   */
  int bytes() {
    return OBJECTS + (payload.length() + 7) / 8 * 8;
  }
}
