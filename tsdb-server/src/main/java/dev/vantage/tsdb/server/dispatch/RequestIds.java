package dev.vantage.tsdb.server.dispatch;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Makes ids for requests: a few characters that differ from process to process, and a number.
 * Thread-safe.
 */
public final class RequestIds implements Supplier<String> {
  private static final int RADIX = 36;
  private static final int PREFIXES = RADIX * RADIX * RADIX * RADIX;

  private final AtomicLong count = new AtomicLong();
  private final String prefix;

  /**
   * Makes a source of ids.
   *
   * @param seed a number that other processes are unlikely to have, such as a random one
   */
  public RequestIds(long seed) {
    long number = (long) PREFIXES + Math.floorMod(seed, PREFIXES);
    this.prefix = Long.toString(number, RADIX).substring(1) + "-";
  }

  @Override
  public String get() {
    return prefix + Long.toString(count.incrementAndGet(), RADIX);
  }
}
