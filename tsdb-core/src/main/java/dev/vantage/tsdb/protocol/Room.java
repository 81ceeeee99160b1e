package dev.vantage.tsdb.protocol;

/**
 * Bounds the memory of all requests and responses together. Code that builds an object whose size a
 * client chooses reserves its memory first; the reservation ends with the request.
 */
@FunctionalInterface
public interface Room {
  /** Unlimited room. */
  Room ENDLESS = bytes -> {};

  /**
   * Reserves memory. Called before the memory is allocated.
   *
   * @param bytes the number of bytes, at least 0
   * @throws RuntimeException if too little memory is left; the type determines the response
   */
  void take(long bytes);
}
