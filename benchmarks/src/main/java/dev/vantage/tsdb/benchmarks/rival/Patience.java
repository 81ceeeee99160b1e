package dev.vantage.tsdb.benchmarks.rival;

/**
 * The remaining time of an engine. Not thread-safe. Engines without a way to stop are ended by an
 * exception from the distance code.
 */
public final class Patience {
  private long start;
  private long allowed;

  private Patience(double seconds) {
    allow(seconds);
  }

  /** {@return an unlimited time} */
  public static Patience endless() {
    return new Patience(Double.POSITIVE_INFINITY);
  }

  /**
   * Sets the remaining time of an engine.
   *
   * @param seconds the time in seconds; may be infinite
   */
  public void allow(double seconds) {
    start = System.nanoTime();
    allowed = seconds < 1e9 ? (long) (seconds * 1e9) : Long.MAX_VALUE;
  }

  void check() {
    if (System.nanoTime() - start > allowed) {
      throw new GivenUpException("time is over: allowed seconds=" + allowed / 1e9);
    }
  }
}
