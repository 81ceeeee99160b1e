package dev.vantage.tsdb.protocol;

/**
 * Bounds the memory that requests and answers take together. Whoever builds something whose size a
 * client chooses asks for room first; the room is given back when the request is over.
 */
@FunctionalInterface
public interface Room {
  /** Has room for everything. */
  Room ENDLESS = bytes -> {};

  /**
   * Reserves memory. Called before the memory is allocated.
   *
   * @param bytes the bytes, from 0
   * @throws RuntimeException if there is no room; it says how the request is answered
   */
  void take(long bytes);
}
