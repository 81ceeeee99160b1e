package dev.vantage.tsdb.protocol;

/**
 * Bounds the memory that requests and responses take together. Code that builds something whose
 * size a client chooses takes room first; the room is given back when the request is over.
 */
@FunctionalInterface
public interface Room {
  /** Unlimited room. */
  Room ENDLESS = bytes -> {};

  /**
   * Reserves memory. Called before the memory is allocated.
   *
   * @param bytes the number of bytes, at least 0
   * @throws RuntimeException if there is no room; its type decides the response
   */
  void take(long bytes);
}
